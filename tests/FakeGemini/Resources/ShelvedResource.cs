using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini;

/// <summary>A file, a cache, a job or a store of one key.</summary>
internal sealed class ShelvedResource(string name, string key, JsonObject json)
{
    private int used;

    public string Name { get; } = name;

    public string Key { get; } = key;

    public JsonObject Json { get; } = json;

    /// <summary>A file's bytes.</summary>
    public byte[] Content { get; set; } = [];

    /// <summary>Whether the content may be fetched: only what the API has made itself.</summary>
    public bool IsDownloadable { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>How often a Live token can be used; zero: any number of times.</summary>
    public int Uses { get; set; }

    /// <summary>The model that a Live token is bound to.</summary>
    public string? Model { get; set; }

    /// <summary>How often a job was looked at; each look brings it forward.</summary>
    public int Looks { get; set; }

    /// <summary>Brings a job forward when it is looked at.</summary>
    public Action<ShelvedResource>? Looked { get; set; }

    public bool TryUse() => Uses == 0 || Interlocked.Increment(ref used) <= Uses;
}
