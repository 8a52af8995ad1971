using System.Globalization;
using System.Text.Json;

namespace GeminiBalance.Gateway.Resources;

/// <summary>A file of the upstream in OpenAI's words. Pure.</summary>
internal static class OpenAIFileObject
{
    public const string Batch = "batch";
    public const string BatchOutput = "batch_output";
    private const string UserData = "user_data";

    /// <summary>Purposes that mean something here. What models are tuned with cannot be used.</summary>
    public static IReadOnlyList<string> Purposes { get; } = [UserData, "assistants", "vision", "evals", Batch];

    /// <param name="json">Where to.</param>
    /// <param name="file">As the upstream describes it.</param>
    /// <param name="note">What the client has said; null of a file that came by another way.</param>
    /// <param name="isErrors">Whether the failures in it are meant.</param>
    public static void Write(Utf8JsonWriter json, ReadOnlyMemory<byte> file, OpenAINote? note, bool isErrors = false)
    {
        using var document = JsonDocument.Parse(file);
        var root = document.RootElement;
        var name = OpenAIJson.Text(root, "name") ?? "";
        json.WriteStartObject();
        var id = OpenAIFileId.Of(name);
        json.WriteString("id"u8, isErrors ? OpenAIFileId.OfErrors(id) : id);
        json.WriteString("object"u8, "file"u8);
        json.WriteNumber("bytes"u8, note?.Bytes ?? (long.TryParse(OpenAIJson.Text(root, "sizeBytes"), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0));
        json.WriteNumber("created_at"u8, OpenAIJson.Seconds(root, "createTime") ?? 0);
        if (OpenAIJson.Seconds(root, "expirationTime") is { } end)
        {
            json.WriteNumber("expires_at"u8, end);
        }

        var fileName = note?.FileName ?? OpenAIJson.Text(root, "displayName") ?? name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
        json.WriteString("filename"u8, isErrors ? fileName.Replace("_output.", "_error.", StringComparison.Ordinal) : fileName);
        json.WriteString("purpose"u8, PurposeOf(note));
        json.WriteString("status"u8, OpenAIJson.Text(root, "state") switch { "PROCESSING" => "uploaded", "FAILED" => "error", _ => "processed" });
        json.WriteEndObject();
    }

    public static string PurposeOf(OpenAINote? note) => note?.Purpose ?? UserData;
}
