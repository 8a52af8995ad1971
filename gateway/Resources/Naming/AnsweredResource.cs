using System.Globalization;
using System.Text.Json;

namespace GeminiBalance.Gateway.Resources;

/// <summary>What an answer says of a resource. Pure.</summary>
/// <param name="Name">The resource.</param>
/// <param name="ExpiresAt">When the upstream deletes it, if it says so.</param>
/// <param name="IsSettled">Whether the upstream will say the same of it later.</param>
/// <param name="Json">The resource itself, as the upstream wrote it.</param>
internal sealed record AnsweredResource(ResourceName Name, DateTimeOffset? ExpiresAt, bool IsSettled, ReadOnlyMemory<byte> Json)
{
    /// <summary>Reads an answer: a resource, an operation, or the <c>file</c> of an upload.</summary>
    /// <returns>Null when it names none that the ledger keeps.</returns>
    public static AnsweredResource? Read(ReadOnlyMemory<byte> answer) => LenientJson.Read(answer, root =>
        root.ValueKind != JsonValueKind.Object ? null
        : LenientJson.Member(root, "file") is { ValueKind: JsonValueKind.Object } file ? Of(file, System.Text.Encoding.UTF8.GetBytes(file.GetRawText()))
        : Of(root, answer));

    /// <summary>The files that a finished job or video names, which are the same key's.</summary>
    public static IReadOnlyList<ResourceName> FilesIn(ReadOnlySpan<byte> answer)
    {
        List<ResourceName> found = [];
        var reader = new Utf8JsonReader(answer, new JsonReaderOptions { MaxDepth = Limits.JsonDepthMax });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= Limits.ResourceNameCharsMax && reader.ValueSpan.IndexOf("iles"u8) >= 0
                    && ResourceName.OfReference(reader.GetString()) is { Collection: "files" or "generatedFiles" } name && !found.Exists(known => known.Root == name.Root))
                {
                    found.Add(name);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What has been read counts.
        }

        return found;
    }

    private static AnsweredResource? Of(JsonElement resource, ReadOnlyMemory<byte> json)
    {
        var text = Text(resource, "name") ?? OpenAIFileId.ToName(Text(resource, "id"));
        if (!ResourceName.TryParse(text, out var name) || name.Root is null)
        {
            return null;
        }

        var state = Text(resource, "state") ?? Text(resource, "status");
        var isDone = resource.TryGetProperty("done"u8, out var done) && done.ValueKind == JsonValueKind.True;
        var isSettled = isDone || state is "ACTIVE" or "FAILED" or "completed" or "failed" or "cancelled" || name.Collection == "cachedContents";
        var expires = Text(resource, "expirationTime") ?? Text(resource, "expireTime");
        return new AnsweredResource(name, Time(expires), isSettled, json);
    }

    private static string? Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
