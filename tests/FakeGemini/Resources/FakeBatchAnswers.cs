using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini;

/// <summary>What the requests of a batch are answered: each as <c>:generateContent</c> would, refusals included.</summary>
internal sealed class FakeBatchAnswers(AnswerIds ids)
{
    private readonly PlanBuilder builder = new(ids);

    /// <summary>The answers to requests that came with the batch, with what the client said of each.</summary>
    public JsonObject Inline(FakeModel model, IEnumerable<(JsonNode Request, JsonNode? Metadata)> requests, bool embeds) => new()
    {
        ["inlinedResponses"] = new JsonObject
        {
            ["inlinedResponses"] = new JsonArray([.. requests.Select(one =>
            {
                var answer = Answer(model, one.Request, embeds);
                answer["metadata"] = one.Metadata?.DeepClone();
                return answer;
            })]),
        },
    };

    /// <summary>A file of answers for a file of requests, line by line.</summary>
    /// <returns>The file, and how many of its lines are errors.</returns>
    public (string Text, int Lines, int Failed) OfFile(FakeModel model, byte[] input, bool embeds)
    {
        var lines = new StringBuilder();
        var (count, failed) = (0, 0);
        foreach (var text in Encoding.UTF8.GetString(input).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var line = JsonNode.Parse(text)!;
            var answer = Answer(model, line["request"] ?? new JsonObject(), embeds);
            answer["key"] = line["key"]?.DeepClone();
            count++;
            failed += answer["error"] is null ? 0 : 1;
            lines.Append(answer.ToJsonString()).Append('\n');
        }

        return (lines.ToString(), count, failed);
    }

    /// <summary>How many requests there are, and how they went, as numbers in texts.</summary>
    public static JsonObject Stats(int count, int done, int failed)
    {
        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        var stats = new JsonObject { ["requestCount"] = Text(count) };
        if (done == 0)
        {
            stats["pendingRequestCount"] = Text(count);
            return stats;
        }

        stats["successfulRequestCount"] = Text(done - failed);
        if (failed > 0)
        {
            stats["failedRequestCount"] = Text(failed);
        }

        return stats;
    }

    private JsonObject Answer(FakeModel model, JsonNode node, bool embeds)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        var request = document.RootElement;
        if (embeds)
        {
            return Embed(model, request);
        }

        if ((PayloadChecker.Check(request, GeminiMessages.Of("generateContent")!) ?? RequestRules.Check(request, model, isStream: false)) is { } error)
        {
            return new JsonObject { ["error"] = new JsonObject { ["code"] = 3, ["message"] = error.Message } };
        }

        var plan = builder.Build(model, NativePrompt.Read(request), isEmpty: false);
        var buffer = new ArrayBufferWriter<byte>();
        GoogleJson.Pretty(buffer, json => new AnswerWriter(plan).Write(json, plan.BlockReason is null ? plan.Whole() : null));
        return new JsonObject { ["response"] = JsonNode.Parse(buffer.WrittenSpan) };
    }

    // The answers of batches count tokens in a member of their own, whatever the model.
    private static JsonObject Embed(FakeModel model, JsonElement request)
    {
        if ((PayloadChecker.Check(request, GeminiMessages.EmbedContentRequest) ?? Embeddings.Check(request, model, isBatch: false)) is { } error)
        {
            return new JsonObject { ["error"] = new JsonObject { ["code"] = 3, ["message"] = error.Message } };
        }

        var answer = JsonNode.Parse(Embeddings.Answer(request, model, isBatch: false))!.AsObject();
        answer.Remove("usageMetadata");
        answer["tokenCount"] = Embeddings.PromptTokensOf(request).ToString(CultureInfo.InvariantCulture);
        return new JsonObject { ["response"] = answer };
    }
}
