using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToAnthropic;

/// <summary>What an answer says of the web searches behind it, each query and source once; metadata may come again with every event.</summary>
internal sealed class SearchTrail
{
    private readonly OrderedDictionary<string, bool> queries = [];
    private readonly OrderedDictionary<string, GroundingSource> sources = [];

    /// <summary>Gemini does not say which query found what, so they are told as one.</summary>
    public string Query => string.Join("; ", queries.Keys);

    public int Queries => queries.Count;

    public IReadOnlyCollection<GroundingSource> Sources => sources.Values;

    public bool IsEmpty => queries.Count + sources.Count == 0;

    public void Add(GroundingMetadata? metadata)
    {
        foreach (var query in metadata?.WebSearchQueries ?? [])
        {
            if (!string.IsNullOrEmpty(query))
            {
                queries.TryAdd(query, true);
            }
        }

        foreach (var chunk in metadata?.GroundingChunks ?? [])
        {
            if (chunk?.Web is { Uri: { Length: > 0 } uri } source)
            {
                sources.TryAdd(uri, source);
            }
        }
    }
}
