using System.Text.Json;
using GeminiBalance.Protocol.Gemini;

namespace GeminiBalance.Protocol.GeminiToOpenAI;

/// <summary>Collects grounding and citations of one choice, and writes them as annotations once the text is whole.</summary>
internal sealed class SourceList
{
    private readonly List<GroundingMetadata> groundings = [];
    private readonly List<CitationMetadata> citations = [];

    /// <summary>Each source of a grounded answer once, in the order of the metadata; the last metadata of a stream speaks of all of it.</summary>
    public IEnumerable<GroundingSource> Grounds => groundings.SelectMany(grounding => grounding.GroundingChunks ?? [])
        .Select(chunk => chunk?.Any).OfType<GroundingSource>().Where(source => source.Uri is { Length: > 0 }).DistinctBy(source => source.Uri);

    public static bool HasAny(Candidate candidate) =>
        candidate is { GroundingMetadata.GroundingSupports: not null } or { GroundingMetadata.GroundingChunks: not null } or { CitationMetadata: not null };

    public void Add(Candidate candidate)
    {
        if (candidate.GroundingMetadata is { GroundingSupports: not null } or { GroundingChunks: not null } && candidate.GroundingMetadata is { } grounding)
        {
            groundings.Add(grounding);
        }

        if (candidate.CitationMetadata is { } citation)
        {
            citations.Add(citation);
        }
    }

    /// <returns>Each source once; Gemini may repeat its metadata in every event.</returns>
    public IReadOnlyCollection<UrlAnnotation> Resolve(ContentMap map)
    {
        var found = new OrderedDictionary<(string, int, int), UrlAnnotation>();
        foreach (var grounding in groundings)
        {
            foreach (var support in grounding.GroundingSupports ?? [])
            {
                AddSupport(found, grounding, support, map);
            }
        }

        foreach (var citation in citations.SelectMany(metadata => (metadata.CitationSources ?? []).Concat(metadata.Citations ?? [])))
        {
            if (citation is { Uri.Length: > 0, EndIndex: { } end } && map.Resolve(citation.StartIndex ?? 0, end, null, default) is { } range)
            {
                found.TryAdd((citation.Uri, range.Start, range.End), new UrlAnnotation(citation.Uri, citation.Title, range.Start, range.End));
            }
        }

        return found.Values;
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyCollection<UrlAnnotation> annotations)
    {
        writer.WriteStartArray("annotations"u8);
        foreach (var annotation in annotations)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "url_citation"u8);
            writer.WriteStartObject("url_citation"u8);
            writer.WriteString("url"u8, annotation.Url);
            writer.WriteString("title"u8, annotation.Title ?? "");
            writer.WriteNumber("start_index"u8, annotation.Start);
            writer.WriteNumber("end_index"u8, annotation.End);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void AddSupport(
        OrderedDictionary<(string, int, int), UrlAnnotation> found, GroundingMetadata grounding, GroundingSupport? support, ContentMap map)
    {
        if (support?.Segment is not { } segment
            || map.Resolve(segment.StartIndex ?? 0, segment.EndIndex ?? 0, segment.PartIndex, segment.Text.Span) is not { } range)
        {
            return;
        }

        foreach (var index in support.GroundingChunkIndices ?? [])
        {
            if (index >= 0 && index < grounding.GroundingChunks?.Count && grounding.GroundingChunks[index]?.Any is { Uri.Length: > 0 } source)
            {
                found.TryAdd((source.Uri, range.Start, range.End), new UrlAnnotation(source.Uri, source.Title, range.Start, range.End));
            }
        }
    }
}
