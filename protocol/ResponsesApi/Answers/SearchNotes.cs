using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>What was searched for, and what was found. Gemini may repeat it in every event.</summary>
internal sealed class SearchNotes
{
    private readonly HashSet<string> told = [];
    private readonly List<string> queries = [];
    private readonly OrderedDictionary<string, bool> sources = [];

    /// <summary>Addresses, each once.</summary>
    public IReadOnlyList<string> Sources => [.. sources.Keys];

    public void Add(GroundingMetadata? grounding)
    {
        foreach (var query in grounding?.WebSearchQueries ?? [])
        {
            if (query is { Length: > 0 } && told.Add(query))
            {
                queries.Add(query);
            }
        }

        foreach (var chunk in grounding?.GroundingChunks ?? [])
        {
            if (chunk?.Any is { Uri.Length: > 0 } source)
            {
                sources.TryAdd(source.Uri, true);
            }
        }
    }

    /// <returns>The queries that were not taken yet.</returns>
    public IReadOnlyList<string> TakeQueries()
    {
        var taken = queries.ToArray();
        queries.Clear();
        return taken;
    }
}
