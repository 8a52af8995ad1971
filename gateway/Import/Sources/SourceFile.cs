using System.Text.Json;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Import;

/// <summary>Reads a file of gemini-balance, whichever of them it is: <c>.env</c>, its SQLite database, or what its <c>/api/config</c> answers.</summary>
internal static class SourceFile
{
    /// <summary>The largest text that is taken for settings.</summary>
    private const long TextBytesMax = 16 * 1024 * 1024;

    private const string SqliteMark = "SQLite format 3\0";

    /// <exception cref="StartException">It cannot be read, or is none of these.</exception>
    public static ImportSource Read(string path)
    {
        try
        {
            return Open(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{path} cannot be read: {failure.Message}");
        }
    }

    private static ImportSource Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new StartException($"{path} is a folder. Name the .env file or the database in it.");
        }

        if (!File.Exists(path))
        {
            throw new StartException($"There is no file {path}.");
        }

        if (IsSqlite(path))
        {
            return SourceDatabase.Read(path);
        }

        var length = new FileInfo(path).Length;
        var text = length <= TextBytesMax ? File.ReadAllText(path) : throw new StartException($"{path} is too large for a file of settings, and no SQLite database.");
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new StartException($"{path} is empty.");
        }

        var isJson = text.AsSpan().TrimStart().StartsWith("{", StringComparison.Ordinal);
        var values = isJson ? ReadJson(path, text) : ReadEnvironment(text);
        return values.Keys.Any(name => ForeignSettings.Find(name) is not null)
            ? new ImportSource(path, !isJson, values)
            : throw new StartException($"{path} holds no setting of gemini-balance. Name its .env file, its SQLite database, or what its /api/config answers.");
    }

    private static bool IsSqlite(string path)
    {
        Span<byte> head = stackalloc byte[SqliteMark.Length];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && System.Text.Encoding.ASCII.GetString(head) == SqliteMark;
    }

    private static Dictionary<string, string> ReadEnvironment(string text) =>
        DotEnvFile.Parse(text).ToDictionary(line => line.Key.ToUpperInvariant(), line => SettingText.Unquote(line.Value ?? ""));

    private static Dictionary<string, string> ReadJson(string path, string text)
    {
        using var json = SettingText.ParseJson(text);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } settings)
        {
            throw new StartException($"{path} begins like JSON but is none. Save the answer of gemini-balance's /api/config as it comes.");
        }

        return settings.EnumerateObject()
            .Where(setting => setting.Value.ValueKind != JsonValueKind.Null)
            .DistinctBy(setting => setting.Name)
            .ToDictionary(setting => setting.Name, setting => setting.Value.ValueKind switch
            {
                JsonValueKind.String => SettingText.Unquote(setting.Value.GetString()!),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => setting.Value.GetRawText(),
            });
    }
}
