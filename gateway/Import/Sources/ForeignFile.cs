using GeminiBalance.Gateway.Settings;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Import;

/// <summary>A file that was uploaded through gemini-balance.</summary>
/// <param name="Name">The upstream's name.</param>
/// <param name="Key">The key that it belongs to.</param>
/// <param name="Token">The access token that uploaded it.</param>
/// <param name="ExpiresAt">When the upstream deletes it.</param>
internal sealed record ForeignFile(string Name, ApiKey Key, Secret Token, DateTimeOffset ExpiresAt)
{
    public const string Table = "t_file_records";

    /// <summary>What is read of each row, in this order, as text.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["name", "api_key", "user_token", "expiration_time"];

    /// <returns>Null for a row that names no file, key, token or time.</returns>
    public static ForeignFile? Read(IReadOnlyList<string?> row) =>
        Resources.ResourceName.TryParse(row[0], out var name) && name is { IsRoot: true, Collection: Resources.ResourceCollection.Files, Method: null }
        && ApiKeyText.Sort([row[1] ?? ""]) is { Keys: [var key] } && !string.IsNullOrWhiteSpace(row[2]) && TimeOf(row[3]) is { } end
            ? new ForeignFile(name.Root!, key, new Secret(row[2]!), end)
            : null;

    // It writes the upstream's times, which are in UTC, without saying so.
    private static DateTimeOffset? TimeOf(string? text) => DateTimeOffset.TryParse(
        text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
