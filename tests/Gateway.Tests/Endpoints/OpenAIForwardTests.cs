using System.Net;
using System.Text;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Endpoints;

public sealed class OpenAIForwardTests
{
    private const string OddRequest = "{ \"messages\":[{\"x\":1e2}],\n\"model\" : \"models/gemini-x\",\"stream\":false, \"extra_body\":{\"google\":{}} }\n";
    private const string OddStream = "{\"messages\":[], \"stream\" : true,\"model\":\"gemini-x\"}";

    private const string OddAnswer = "{ \"choices\":[{\"message\":{\"content\":\"<thought>é\\u00e9\"}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\" :4},\"tomorrow\":{} }";

    private const string Chunks = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}\n\n"
        + "data: {\"choices\":[{\"delta\":{}, \"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n";

    [Theory]
    [InlineData("/openai/v1/chat/completions", "/v1beta/openai/chat/completions")]
    [InlineData("/v1beta/openai/chat/completions?a=b&key=client-token-of-the-test", "/v1beta/openai/chat/completions?a=b")]
    [InlineData("/gemini/v1beta/openai/embeddings", "/v1beta/openai/embeddings")]
    [InlineData("/openai/v1/something/new", "/v1beta/openai/something/new")]
    public async Task Post_Anything_PassesBytesBothWays(string path, string target)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, OddAnswer);

        using var response = await gateway.Client.PostAsync(path, new StringContent(OddRequest, Encoding.UTF8, "application/json"));

        var call = Assert.Single(gateway.Upstream.Calls);
        Assert.Equal(target, call.Target);
        Assert.Equal(OddRequest, Encoding.UTF8.GetString(call.Body));
        Assert.Equal(OddAnswer, await response.Content.ReadAsStringAsync());
        var (lease, outcome) = Assert.Single(gateway.Pool.Settled);
        Assert.Equal("gemini-x", lease.Model);
        Assert.Equal("Bearer " + lease.Key.Reveal(), call.Headers["Authorization"]);
        Assert.False(call.Headers.ContainsKey("x-goog-api-key"));
        Assert.Equal((CallOutcomeKind.Succeeded, 3L, 4L), (outcome.Kind, outcome.PromptTokens!.Value, outcome.OutputTokens!.Value));
    }

    [Fact]
    public async Task Get_Anything_IsForwarded()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, "{\"data\" :[]}");

        using var response = await gateway.Client.GetAsync("/openai/v1/models");

        Assert.Equal("{\"data\" :[]}", await response.Content.ReadAsStringAsync());
        Assert.Equal(("GET", "/v1beta/openai/models"), (gateway.Upstream.Calls[0].Method, gateway.Upstream.Calls[0].Target));
    }

    [Theory]
    [InlineData("/openai/v1/batches")]
    [InlineData("/v1beta/openai/batches/batch-1")]
    [InlineData("/gemini/v1beta/openai/files")]
    public async Task WhatBelongsToOneKey_IsNotAskedOfAny(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        using var response = await gateway.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("/v1beta/batches", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task Stream_Chunks_PassByteForByteWithTheLastUsage()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Chunks, Answers.Sse);

        using var response = await gateway.Client.PostAsync("/openai/v1/chat/completions", new StringContent(OddStream));

        Assert.Equal(Chunks, await response.Content.ReadAsStringAsync());
        var outcome = Assert.Single(gateway.Pool.Settled).Outcome;
        Assert.Equal((CallOutcomeKind.Succeeded, 3L, 2L), (outcome.Kind, outcome.PromptTokens!.Value, outcome.OutputTokens!.Value));
    }

    [Fact]
    public async Task Stream_WithoutDone_EndsInAnErrorEventInOpenAIsShape()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var begun = new TaskCompletionSource();
        gateway.Upstream.Answer = async (context, _) =>
        {
            context.Response.ContentType = Answers.Sse;
            await context.Response.WriteAsync(Chunks[..Chunks.IndexOf("data: [DONE]", StringComparison.Ordinal)]);
            await context.Response.Body.FlushAsync();
            await begun.Task;
        };

        using var request = new HttpRequestMessage(HttpMethod.Post, "/openai/v1/chat/completions") { Content = new StringContent(OddStream) };
        using var response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        begun.SetResult();
        await using var stream = await response.Content.ReadAsStreamAsync();
        using var text = new MemoryStream();
        await Assert.ThrowsAnyAsync<IOException>(() => stream.CopyToAsync(text));

        var all = Encoding.UTF8.GetString(text.ToArray());
        Assert.Contains("data: {\"error\":{\"message\":", all, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"upstream_interrupted\"", all, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ClientsMistake_PassesTheUpstreamsArrayByteForByte()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var error = "[" + Answers.Error(400, "INVALID_ARGUMENT") + "\n]";
        gateway.Upstream.Always(400, error);

        using var response = await gateway.Client.PostAsync("/openai/v1/chat/completions", new StringContent(OddRequest));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(error, await response.Content.ReadAsStringAsync());
        Assert.Equal([CallOutcomeKind.RequestRejected], gateway.Pool.Kinds);
    }
}
