using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini;

/// <summary>An upload that has begun.</summary>
/// <param name="Key">Whose it is.</param>
/// <param name="Store">The file search store it goes to; null for a file.</param>
/// <param name="Metadata">What was said of it at the start.</param>
/// <param name="Type">The media type.</param>
internal sealed record PendingUpload(string Key, string? Store, JsonObject Metadata, string Type)
{
    public byte[] Content { get; set; } = [];
}
