using System.Buffers;
using System.Text;
using System.Text.Json;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.Tests.Responses;

public sealed class FuzzTests
{
    private const int Rounds = 4_000;

    private const string Seed = """
        {"candidates":[{"content":{"parts":[{"text":"thin\u006bing 世","thought":true},{"text":"Hello \ud83d\ude00 東京","thoughtSignature":"c2ln"},
        {"functionCall":{"id":"a1","name":"f","args":{"x":[1,2.5e3,{"y":null}],"s":"\u00e9\"\\"}},"thoughtSignature":"c2ln"},
        {"executableCode":{"language":"PYTHON","code":"print(1)"}},{"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1\n"}},
        {"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo="}},{"inlineData":{"mimeType":"audio/L16;rate=24000","data":"AAEC"}},
        {"fileData":{"mimeType":"image/png","fileUri":"https://x"}}],"role":"model"},"finishReason":"STOP","finishMessage":"m","index":0,
        "citationMetadata":{"citationSources":[{"startIndex":1,"endIndex":5,"uri":"https://c"}]},
        "groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://one","title":"One"}}],"groundingSupports":[{"segment":{"partIndex":1,"startIndex":2,
        "endIndex":9,"text":"llo"},"groundingChunkIndices":[0,3]}]},"logprobsResult":{"chosenCandidates":[{"token":"H","logProbability":-0.5}],
        "topCandidates":[{"candidates":[{"token":"H","logProbability":-0.5}]}]}},{"index":1,"finishReason":"SAFETY"}],
        "promptFeedback":{"blockReason":null},"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":2,"totalTokenCount":5,
        "promptTokensDetails":[{"modality":"TEXT","tokenCount":3}]},"modelVersion":"m","responseId":"r"}
        """;

    private static readonly string[] Splices =
    [
        "null", "[]", "{}", "\"\"", "-1", "0", "1e400", "99999999999999999999", "true", "\"\\ud800\"", "\"\\udc00x\"", "[[[[]]]]", "\u0000", "\"", "{", "}", ",",
        "\\", "\\u12", "\"NaN\"", "-", ".5", "\"7\"", "\uFEFF",
    ];

    [Fact]
    public void Answers_Mutated_OnlyThrowMalformedAnswer()
    {
        var read = 0;
        for (var seed = 0; seed < Rounds; seed++)
        {
            var bytes = Mutate(new Random(seed));
            Exception? failure = null;
            if (Record.Exception(() => GeminiAnswerReader.Read(bytes)) is { } unread)
            {
                failure = unread is MalformedAnswerException ? null : unread;
            }
            else
            {
                read++;
                failure = Record.Exception(() => Translate(GeminiAnswerReader.Read(bytes)));
            }

            Assert.True(failure is null, $"Seed {seed}: {failure}\n{Encoding.UTF8.GetString(bytes)}");
        }

        Assert.InRange(read, Rounds / 10, Rounds * 9 / 10);
    }

    [Fact]
    public void Errors_Mutated_NeverThrow()
    {
        var source = Encoding.UTF8.GetBytes("""
            [{"error":{"code":429,"message":"m \ud83d\ude00","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure",
            "violations":[{"quotaMetric":"m","quotaId":"PerDay","quotaDimensions":{"model":"x"},"quotaValue":"20"}]},
            {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"36.5s"},{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"R",
            "metadata":{"consumer":"projects/1"}},{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"f","description":"d"}]}]}}]
            """);
        var read = 0;
        for (var seed = 0; seed < Rounds; seed++)
        {
            var error = GeminiAnswerReader.ReadError(Mutate(new Random(seed), source));
            read += error is null ? 0 : 1;
            Assert.DoesNotContain("AIza", ErrorTranslator.ToOpenAI(429, error).Message, StringComparison.Ordinal);
        }

        Assert.InRange(read, Rounds / 10, Rounds * 9 / 10);
    }

    private static void Translate(GenerateContentResponse response)
    {
        AnswerContent.Classify(response);
        foreach (var context in new[] { Answers.Context(new ForgetfulSignatures()), Answers.Context(new ForgetfulSignatures()) with { UsesLegacyFunctions = true, ImagesAsMarkdown = false } })
        {
            var output = new ArrayBufferWriter<byte>();
            ChatResponseTranslator.Write(response, context, output);
            using var answer = JsonDocument.Parse(output.WrittenMemory);
            Assert.NotEqual(0, answer.RootElement.GetProperty("choices").GetArrayLength());

            var translator = new ChatStreamTranslator(context with { IncludeUsage = true });
            var events = new ArrayBufferWriter<byte>();
            translator.Translate(response, events);
            translator.Translate(response, events);
            var completed = translator.Complete(events);
            Assert.Equal(completed, ChatStream.Parse(events.WrittenSpan, completed).Done);
        }
    }

    private static byte[] Mutate(Random random) => Mutate(random, Encoding.UTF8.GetBytes(Seed));

    private static byte[] Mutate(Random random, byte[] source)
    {
        var bytes = source.ToList();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(30), bytes.Count - at - 1));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)]));
                    break;
                default:
                    ReplaceValue(random, bytes, at);
                    break;
            }
        }

        return [.. bytes];
    }

    // Puts another JSON value in the place of one, so that the text stays JSON and the shape goes wrong.
    private static void ReplaceValue(Random random, List<byte> bytes, int at)
    {
        var colon = bytes.IndexOf((byte)':', at);
        if (colon < 0)
        {
            return;
        }

        var end = bytes.FindIndex(colon + 1, current => current is (byte)',' or (byte)'}' or (byte)'{' or (byte)'[');
        if (end > colon + 1)
        {
            bytes.RemoveRange(colon + 1, end - colon - 1);
            bytes.InsertRange(colon + 1, Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)]));
        }
    }

    private sealed class ForgetfulSignatures : IThoughtSignatures
    {
        public string? Find(string toolCallId) => null;

        public string? Find(CallFingerprint call) => null;

        public void Keep(string toolCallId, CallFingerprint call, string signature) => Assert.NotEqual("", signature);
    }
}
