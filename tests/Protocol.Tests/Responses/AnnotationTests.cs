using System.Text;
using System.Text.Json.Nodes;
using static GeminiBalance.Protocol.Tests.Responses.Answers;

namespace GeminiBalance.Protocol.Tests.Responses;

public sealed class AnnotationTests
{
    private const string Text = "Grüße 😀 aus 東京. Hello.";

    [Theory]
    [InlineData("Grüße")]
    [InlineData("😀 aus")]
    [InlineData("東京")]
    [InlineData("Hello.")]
    public void Offsets_OfBytes_AreThoseOfCodePoints(string quote)
    {
        var metadata = Grounding(quote);
        var content = (string)Choice(Event($"{{\"text\":\"{Text}\"}}", "STOP", more: metadata))["message"]!["content"]!;
        var unary = Assert.Single(Choice(Event($"{{\"text\":\"{Text}\"}}", "STOP", more: metadata))["message"]!["annotations"]!.AsArray())!;

        Assert.Equal(quote, Slice(content, unary));
        Assert.Equal("https://one", (string?)unary["url_citation"]!["url"]);
        Assert.Equal("One", (string?)unary["url_citation"]!["title"]);
        Assert.Equal("url_citation", (string?)unary["type"]);
    }

    [Fact]
    public void Stream_GroundingInEveryEvent_IsSentOnceAtTheEndOverTheWholeText()
    {
        var metadata = Grounding("東京. Hello");
        var stream = Stream(
            Event("""{"text":"Grüße 😀 a"}""", more: metadata),
            Event("""{"text":"us 東"}""", more: metadata),
            Event("""{"text":"京. Hello."}""", "STOP", more: metadata));

        var deltas = stream.Deltas().ToList();
        var withAnnotations = Assert.Single(deltas, delta => delta["annotations"] is not null);
        Assert.Equal(deltas.Count - 2, deltas.IndexOf(withAnnotations));
        Assert.Equal("東京. Hello", Slice(stream.Text(), Assert.Single(withAnnotations["annotations"]!.AsArray())!));
    }

    [Fact]
    public void Offsets_AreOfTheContentThatHoldsCodeAndPictures()
    {
        const string Parts = """
            {"text":"thinking","thought":true},{"executableCode":{"code":"é()"}},{"codeExecutionResult":{"output":"ü"}},{"text":"Grüße 😀 aus 東京. Hello."}
            """;

        var message = Choice(Event(Parts, "STOP", more: Grounding("東京")))["message"]!;

        Assert.Equal("東京", Slice((string)message["content"]!, Assert.Single(message["annotations"]!.AsArray())!));
        var stream = Stream(Event(Parts, "STOP", more: Grounding("東京")));
        var annotations = Assert.Single(stream.Deltas(), delta => delta["annotations"] is not null)["annotations"]!.AsArray();
        Assert.Equal("東京", Slice(stream.Text(), Assert.Single(annotations)!));
    }

    [Fact]
    public void OffsetsOfALaterPart_AreMovedByTheTextBefore()
    {
        var metadata = """
            ,"groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://one"}}],"groundingSupports":[
             {"segment":{"partIndex":1,"startIndex":2,"endIndex":4,"text":"cd"},"groundingChunkIndices":[0]},
             {"segment":{"partIndex":1,"endIndex":2},"groundingChunkIndices":[0]}]}
            """;

        var message = Choice(Event("""{"text":"é-"},{"text":"abcd"}""", "STOP", more: metadata))["message"]!;

        Assert.Equal(["cd", "ab"], message["annotations"]!.AsArray().Select(item => Slice((string)message["content"]!, item!)));
    }

    [Fact]
    public void BadIndexes_AreSkippedOrClamped()
    {
        var metadata = """
            ,"groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://one"}},{"web":{}},{"new":{}},null],"groundingSupports":[
             {"segment":{"startIndex":1,"endIndex":999},"groundingChunkIndices":[0,1,2,3,9,-1,0]},
             {"segment":{"startIndex":5,"endIndex":2},"groundingChunkIndices":[0]},
             {"segment":{"startIndex":-7,"endIndex":2},"groundingChunkIndices":[0]},
             {"segment":{"endIndex":2,"text":"nowhere"},"groundingChunkIndices":[0]},
             {"segment":{"endIndex":2}},{"groundingChunkIndices":[0]},null]}
            """;

        var message = Choice(Event("""{"text":"abc"}""", "STOP", more: metadata))["message"]!;

        var annotation = Assert.Single(message["annotations"]!.AsArray())!;
        Assert.Equal("bc", Slice((string)message["content"]!, annotation));
    }

    [Fact]
    public void Citations_AreAnnotations()
    {
        foreach (var name in new[] { "citationSources", "citations" })
        {
            var metadata = ",\"citationMetadata\":{\"" + name + "\":[{\"startIndex\":7,\"endIndex\":13,\"uri\":\"https://q\",\"license\":\"mit\"},{\"endIndex\":3}]}";

            var message = Choice(Event("{\"text\":\"Städte 東京\"}", "STOP", more: metadata))["message"]!;

            var annotation = Assert.Single(message["annotations"]!.AsArray())!;
            Assert.Equal(" 東", Slice((string)message["content"]!, annotation)[..2]);
            Assert.Equal("https://q", (string?)annotation["url_citation"]!["url"]);
            Assert.Equal("", (string?)annotation["url_citation"]!["title"]);
        }
    }

    private static string Grounding(string quote)
    {
        var start = Encoding.UTF8.GetByteCount(Text[..Text.IndexOf(quote, StringComparison.Ordinal)]);
        var segment = (start == 0 ? "" : $"\"startIndex\":{start},") + $"\"endIndex\":{start + Encoding.UTF8.GetByteCount(quote)},\"text\":\"{quote}\"";
        return ",\"groundingMetadata\":{\"webSearchQueries\":[\"q\"],\"groundingChunks\":[{\"web\":{\"uri\":\"https://one\",\"title\":\"One\"}}],"
            + "\"groundingSupports\":[{\"segment\":{" + segment + "},\"groundingChunkIndices\":[0],\"confidenceScores\":[0.9]}]}";
    }

    // As a Python client slices: by code points.
    private static string Slice(string content, JsonNode annotation)
    {
        var runes = content.EnumerateRunes().ToList();
        var citation = annotation["url_citation"]!;
        return string.Concat(runes.Take((int)citation["end_index"]!).Skip((int)citation["start_index"]!));
    }
}
