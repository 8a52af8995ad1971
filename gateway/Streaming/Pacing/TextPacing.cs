using System.Globalization;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>How a text is dealt out: in which pieces, with which pauses. Pure.</summary>
internal static class TextPacing
{
    /// <summary>The pause after each piece of a text.</summary>
    /// <param name="length">The whole text's length in characters.</param>
    /// <param name="settings">Thresholds and bounds.</param>
    public static TimeSpan PauseOf(int length, StreamSettings settings)
    {
        if (length <= settings.ShortTextChars)
        {
            return settings.DelayMax;
        }

        if (length >= settings.LongTextChars)
        {
            return settings.DelayMin;
        }

        var share = Math.Log((double)length / settings.ShortTextChars) / Math.Log((double)settings.LongTextChars / settings.ShortTextChars);
        return settings.DelayMax - (share * (settings.DelayMax - settings.DelayMin));
    }

    /// <summary>The pieces of a text, in order. None ends within what people see as one character.</summary>
    public static IReadOnlyList<string> Pieces(string text, StreamSettings settings)
    {
        var wanted = text.Length >= settings.LongTextChars ? settings.PieceChars : 1;
        var least = Math.Max(wanted, (text.Length + Limits.TextPiecesMax - 1) / Limits.TextPiecesMax);
        var pieces = new List<string>(Math.Min(text.Length, Limits.TextPiecesMax));
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && end - start < least)
            {
                end += StringInfo.GetNextTextElementLength(text.AsSpan(end));
            }

            pieces.Add(text[start..end]);
            start = end;
        }

        return pieces;
    }
}
