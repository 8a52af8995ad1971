using System.Text;
using System.Text.Json;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Endpoints;

public sealed class EmbeddingsTests
{
    [Fact]
    public async Task Embeddings_ManyTexts_AreBatchesMergedInOrder()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Answer = (context, call) => ScriptedUpstream.WriteAsync(context, 200, Vectors(call.Body));

        using var answer = await PostAsync(gateway, Enumerable.Range(0, 250).Select(i => $"{i}"), "gemini-embedding-2");

        var data = answer.RootElement.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, 250), data.Select(entry => entry.GetProperty("index").GetInt32()));
        Assert.Equal(Enumerable.Range(0, 250), data.Select(entry => (int)entry.GetProperty("embedding")[0].GetDouble()));
        Assert.Equal(3, gateway.Upstream.Calls.Count);
        Assert.All(gateway.Upstream.Calls, call => Assert.Equal("/v1beta/models/gemini-embedding-2:batchEmbedContents", call.Target));
    }

    [Fact]
    public async Task Embeddings_BatchThatFails_IsTriedAgainAlone()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Answer = (context, call) => call.Number == 2
            ? ScriptedUpstream.WriteAsync(context, 503, Answers.Error(503, "UNAVAILABLE"))
            : ScriptedUpstream.WriteAsync(context, 200, Vectors(call.Body));

        using var answer = await PostAsync(gateway, Enumerable.Range(0, 150).Select(i => $"{i}"), "gemini-embedding-2");

        Assert.Equal(150, answer.RootElement.GetProperty("data").GetArrayLength());
        Assert.Equal([CallOutcomeKind.Succeeded, CallOutcomeKind.UpstreamUnavailable, CallOutcomeKind.Succeeded], gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData("""{"model":"text-embedding-3-small","input":"x"}""", "text-embedding-3-small", "gemini-embedding-2")]
    [InlineData("""{"model":"text-embedding-ada-002","input":"x"}""", "text-embedding-ada-002", "gemini-embedding-2")]
    [InlineData("""{"input":"x"}""", "gemini-embedding-2", "gemini-embedding-2")]
    [InlineData("""{"model":"text-embedding-004","input":"x"}""", "text-embedding-004", "text-embedding-004")]
    public async Task Model_OpenAIsOrNone_IsTheConfiguredOne(string body, string told, string asked)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with { Models = settings.Models with { Embedding = "gemini-embedding-2" } });
        gateway.Upstream.Answer = (context, call) => ScriptedUpstream.WriteAsync(context, 200, Vectors(call.Body));

        using var response = await gateway.Client.PostAsync("/v1/embeddings", new StringContent(body, Encoding.UTF8, "application/json"));

        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(told, answer.RootElement.GetProperty("model").GetString());
        Assert.Equal($"/v1beta/models/{asked}:batchEmbedContents", Assert.Single(gateway.Upstream.Calls).Target);
    }

    [Fact]
    public async Task Usage_NotCountedByTheUpstream_IsEstimatedFromTheTextsAlone()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Answer = (context, call) => ScriptedUpstream.WriteAsync(context, 200, Vectors(call.Body));

        using var answer = await PostAsync(gateway, ["four", "eight8ch", "東京"], "gemini-embedding-001");

        Assert.Equal(1 + 2 + 2, answer.RootElement.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        Assert.Equal(5, answer.RootElement.GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    // The first number of each vector is the text, when that is a number.
    private static string Vectors(byte[] body)
    {
        using var request = JsonDocument.Parse(body);
        var texts = request.RootElement.GetProperty("requests").EnumerateArray().Select(one => one.GetProperty("content").GetProperty("parts")[0].GetProperty("text").GetString());
        return $$"""{"embeddings":[{{string.Join(',', texts.Select(text => $$"""{"values":[{{(int.TryParse(text, out var value) ? value : 0)}},1]}"""))}}]}""";
    }

    private static async Task<JsonDocument> PostAsync(GatewayUnderTest gateway, IEnumerable<string> texts, string model)
    {
        var body = JsonSerializer.Serialize(new { model, input = texts });
        using var response = await gateway.Client.PostAsync("/v1/embeddings", new StringContent(body, Encoding.UTF8, "application/json"));
        return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
    }
}
