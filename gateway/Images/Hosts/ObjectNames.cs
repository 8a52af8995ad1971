using System.Globalization;

namespace GeminiBalance.Gateway.Images.Hosts;

/// <summary>Where in a bucket a picture goes.</summary>
internal static class ObjectNames
{
    /// <summary>By day, so that people and life-cycle rules find the old ones.</summary>
    public static string Of(Picture picture, DateTimeOffset now) => $"{now.UtcDateTime.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture)}/{picture.Name}";
}
