using System.Text;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.Streaming;
using static GeminiBalance.Protocol.Tests.Responses.Answers;

namespace GeminiBalance.Protocol.Tests.KnownBugs;

/// <summary>Networks do not respect events and characters.</summary>
public sealed class WireBugTests
{
    [Fact]
    public void Bug18_CharacterSplitBetweenNetworkChunks_StaysWhole()
    {
        var bytes = Encoding.UTF8.GetBytes("data: " + Event("""{"text":"世界😀"}""", "STOP") + "\r\n\r\n");
        var parser = new GeminiStreamParser(4096);
        var texts = new List<string>();
        foreach (var one in bytes)
        {
            parser.Append([one]);
            while (parser.TryRead(out var item))
            {
                texts.Add(GeminiAnswerReader.Read(item.Data.Span).Candidates![0]!.Content!.Parts![0]!.Text.ToString());
            }
        }

        Assert.Equal(["世界😀"], texts);
    }

    [Fact]
    public void Bug20_SeveralEventsInOneNetworkChunk_AreAllRead()
    {
        var parser = new GeminiStreamParser(4096);
        parser.Append(Encoding.UTF8.GetBytes("data: {\"a\":1}\r\n\r\ndata: {\"a\":2}\r\n\r\ndata: {\"a\""));

        Assert.True(parser.TryRead(out var first));
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(first.Data.Span));
        Assert.True(parser.TryRead(out var second));
        Assert.Equal("""{"a":2}""", Encoding.UTF8.GetString(second.Data.Span));
        Assert.False(parser.TryRead(out _));
    }

    [Fact]
    public void Bug21_BareJsonErrorInTheStream_IsReadAsAnError()
    {
        var parser = new GeminiStreamParser(4096);
        parser.Append("""
            data: {"candidates": []}

            {
              "error": {
                "code": 499,
                "message": "The operation was {cancelled}.",
                "status": "CANCELLED"
              }
            }
            """u8);

        Assert.True(parser.TryRead(out var answer));
        Assert.False(answer.IsError);
        Assert.False(parser.TryRead(out _));
        parser.Complete();
        Assert.True(parser.TryRead(out var error));
        Assert.True(error.IsError);
        var status = GeminiAnswerReader.ReadError(error.Data.Span)!;
        Assert.Equal(499, status.Code);
        Assert.Equal("CANCELLED", status.Status);
        Assert.Equal("The operation was {cancelled}.", status.Message);
        Assert.False(parser.TryRead(out _));
    }
}
