using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;
using GeminiBalance.Protocol.Streaming;

namespace GeminiBalance.Protocol.Tests.Responses;

/// <summary>Everything recorded goes through, and nothing that a model said is lost on the way.</summary>
public sealed class RecordedTrafficTests
{
    [FixtureFact]
    public void Answers_LoseNothing()
    {
        var count = 0;
        foreach (var exchange in RecordedExchanges.All().Where(item => item is { Status: 200, IsStream: false }))
        {
            var answer = Answers.Unary(exchange.Events[0].ToJsonString());
            foreach (var candidate in Candidates(exchange))
            {
                var choice = answer["choices"]!.AsArray().Single(item => (int)item!["index"]! == candidate.Index)!;
                var message = choice["message"]!;
                candidate.Check(
                    exchange.Source, (string?)message["content"], (string?)message["reasoning_content"], Calls(message["tool_calls"]),
                    (string?)choice["native_finish_reason"], message["annotations"]!.AsArray());
                Assert.Equal(message["audio"] is not null, candidate.HasAudio);
            }

            count++;
        }

        Assert.True(count > 200, $"Only {count} recorded answers were found.");
    }

    [FixtureFact]
    public void Streams_LoseNothing()
    {
        var count = 0;
        foreach (var exchange in RecordedExchanges.All().Where(item => item is { Status: 200, IsStream: true }))
        {
            var stream = Answers.Stream([.. exchange.Events.Select(item => item.ToJsonString())]);
            var finished = Candidates(exchange).Count > 0 && Candidates(exchange).TrueForAll(candidate => candidate.Finish is not null);
            Assert.True(stream.Completed == finished, $"{exchange.Source}: completed {stream.Completed}.");
            foreach (var candidate in Candidates(exchange).Where(_ => finished))
            {
                Assert.Single(stream.Deltas(candidate.Index), delta => delta["role"] is not null);
                var annotations = stream.Deltas(candidate.Index).Where(delta => delta["annotations"] is not null).ToList();
                Assert.True(annotations.Count <= 1, exchange.Source);
                candidate.Check(
                    exchange.Source, stream.Text(choice: candidate.Index), stream.Text("reasoning_content", candidate.Index),
                    Calls(new JsonArray([.. stream.Calls(candidate.Index).Select(call => call.DeepClone())])),
                    (string?)stream.Choices.Last(choice => choice["finish_reason"] is not null)["native_finish_reason"],
                    annotations.Count == 0 ? [] : annotations[0]["annotations"]!.AsArray());
                Assert.Single(stream.Finishes(candidate.Index));
            }

            count++;
        }

        Assert.True(count > 80, $"Only {count} recorded streams were found.");
    }

    [FixtureFact]
    public void StreamBytes_InAnyPieces_GiveTheRecordedEvents()
    {
        var count = 0;
        foreach (var exchange in RecordedExchanges.All().Where(item => item is { Status: 200, Raw: not null }))
        {
            foreach (var size in new[] { 1, 7, 1460, exchange.Raw!.Length })
            {
                var events = Parse(exchange.Raw, size).Where(item => !item.IsError).Select(item => JsonNode.Parse(item.Text)).ToList();
                Assert.True(events.Count == exchange.Events.Count && events.Zip(exchange.Events).All(pair => JsonNode.DeepEquals(pair.First, pair.Second)), exchange.Source);
            }

            count++;
        }

        Assert.True(count > 15, $"Only {count} recorded streams with their bytes were found.");
    }

    [FixtureFact]
    public void Errors_AreRead()
    {
        var count = 0;
        foreach (var exchange in RecordedExchanges.All().Where(item => item.Status >= 400))
        {
            var status = GeminiAnswerReader.ReadError(Encoding.UTF8.GetBytes(exchange.Events[0].ToJsonString()));
            Assert.True(status is { Message.Length: > 0, Status.Length: > 0 } && status.Code == exchange.Status, exchange.Source);
            count++;
        }

        Assert.True(count >= 6, $"Only {count} recorded errors were found.");
    }

    [FixtureFact]
    public void TranscribedErrors_AreReadAndTranslatedWithoutSecrets()
    {
        var files = Directory.GetFiles(Path.Combine(RecordedExchanges.Folder!, "errors-transcribed"), "*.json");
        foreach (var file in files)
        {
            var name = Path.GetFileName(file);
            var status = GeminiAnswerReader.ReadError(File.ReadAllBytes(file));
            Assert.True(status is { Message.Length: > 0 }, name);
            var http = int.TryParse(name[..3], out var code) ? code : 400;
            var error = ErrorTranslator.ToOpenAI(http, status);
            Assert.False(error.HttpStatus is 401 or 403, name);
            Assert.DoesNotContain("api_key:", error.Message, StringComparison.Ordinal);
            Assert.Equal(status.QuotaViolations.Count > 0, status.QuotaViolations.Any(violation => violation.QuotaId is not null));
        }

        Assert.True(files.Length > 20);
    }

    private static List<RecordedCandidate> Candidates(RecordedExchange exchange) => RecordedCandidate.Of(exchange.Events);

    private static List<(string Name, JsonNode Arguments)> Calls(JsonNode? calls) =>
        [.. (calls?.AsArray() ?? []).Select(call => ((string)call!["function"]!["name"]!, JsonNode.Parse((string)call["function"]!["arguments"]!)!))];

    private static List<(string Text, bool IsError)> Parse(byte[] bytes, int size)
    {
        var parser = new GeminiStreamParser(64 << 20);
        var events = new List<(string, bool)>();
        for (var offset = 0; offset <= bytes.Length; offset += size)
        {
            parser.Append(bytes.AsSpan(offset, Math.Min(size, bytes.Length - offset)));
            if (offset + size > bytes.Length)
            {
                parser.Complete();
            }

            while (parser.TryRead(out var item))
            {
                events.Add((Encoding.UTF8.GetString(item.Data.Span), item.IsError));
            }
        }

        return events;
    }
}
