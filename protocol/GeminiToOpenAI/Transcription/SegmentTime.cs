using System.Globalization;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>A time as models write it. Pure.</summary>
internal static class SegmentTime
{
    private const int UnitsPerNext = 60;
    private const int ThousandthsDigits = 3;
    private const double SecondsMax = 24 * 3600;

    /// <summary>Understands <c>MM:SS.mmm</c> as asked for, and what comes instead: <c>H:MM:SS.mmm</c>, <c>MM:SS:mmm</c>, <c>MM:SS</c>, a comma for the point, bare seconds.</summary>
    /// <returns>Seconds; null for what is no time of a recording.</returns>
    public static double? Parse(string? text)
    {
        var parts = (text ?? "").Trim().TrimEnd('s').Replace(',', '.').Split(':');
        if (parts.Length >= 3 && parts[^1].Length == ThousandthsDigits && !parts[^1].Contains('.', StringComparison.Ordinal))
        {
            parts = [.. parts[..^2], $"{parts[^2]}.{parts[^1]}"];
        }

        if (parts.Length > 3)
        {
            return null;
        }

        double seconds = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var style = i == parts.Length - 1 ? NumberStyles.AllowDecimalPoint : NumberStyles.None;
            if (!double.TryParse(parts[i], style, CultureInfo.InvariantCulture, out var number) || (i > 0 && number >= UnitsPerNext))
            {
                return null;
            }

            seconds = (seconds * UnitsPerNext) + number;
        }

        return seconds <= SecondsMax ? Math.Round(seconds, ThousandthsDigits) : null;
    }
}
