using System.Text;
using static GeminiBalance.Protocol.Tests.Responses.Answers;

namespace GeminiBalance.Protocol.Tests.KnownBugs;

/// <summary>Citations that point beside the words they support.</summary>
public sealed class CitationBugTests
{
    private const string Before = "Grüße 😀 aus ";
    private const string Quote = "東京 👍";

    [Fact]
    public void Bug60_ByteOffsets_AreNoCharacters_AndSplitNone()
    {
        var start = Encoding.UTF8.GetByteCount(Before);
        var metadata = $$$"""
            ,"groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://one"}}],"groundingSupports":[
            {"segment":{"startIndex":{{{start}}},"endIndex":{{{start + Encoding.UTF8.GetByteCount(Quote)}}},"text":"{{{Quote}}}"},"groundingChunkIndices":[0]}]}
            """;

        var message = Choice(Event($$"""{"text":"{{Before + Quote}}."}""", "STOP", more: metadata))["message"]!;

        var citation = Assert.Single(message["annotations"]!.AsArray())!["url_citation"]!;
        var words = ((string)message["content"]!).EnumerateRunes().Take((int)citation["end_index"]!).Skip((int)citation["start_index"]!);
        Assert.Equal(Quote, string.Concat(words));
    }
}
