using System.Text;
using GeminiBalance.Gateway.Tests.Hosts;

namespace GeminiBalance.Gateway.Tests.Upstream;

public sealed class SecretTests
{
    private const string OtherToken = "token-that-is-not-accepted";

    private static readonly (string Method, string Path, string Body)[] Calls =
    [
        ("GET", "/v1/models", ""),
        ("GET", "/v1/models/gemini-x", ""),
        ("POST", "/v1/chat/completions", "{\"model\":\"gemini-x\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"),
        ("POST", "/v1/chat/completions", "{\"model\":\"gemini-x\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"),
        ("POST", "/v1/embeddings", "{\"model\":\"gemini-x\",\"input\":\"Hi\"}"),
        ("POST", "/openai/v1/chat/completions", "{\"model\":\"gemini-x\"}"),
        ("GET", "/v1beta/models?pageSize=7", ""),
        ("POST", "/v1beta/models/gemini-x:generateContent", "{}"),
        ("POST", "/v1beta/models/gemini-x:streamGenerateContent?alt=sse", "{}"),
        ("POST", "/v1beta/models/gemini-x:streamGenerateContent", "{}"),
        ("POST", "/v1/models/gemini-x:countTokens", "{}"),
        ("GET", "/v1beta/nothing", ""),
    ];

    public static TheoryData<int, string> UpstreamAnswers => new()
    {
        { 200, Answers.Ok },
        { 400, "ALL SECRETS" },
        { 400, "{\"error\":{\"code\":400,\"message\":\"ALL SECRETS\",\"status\":\"INVALID_ARGUMENT\"}}" },
        { 403, "{\"error\":{\"code\":403,\"message\":\"Consumer 'api_key:ALL SECRETS' has been suspended.\",\"status\":\"PERMISSION_DENIED\"}}" },
        { 429, "{\"error\":{\"code\":429,\"message\":\"ALL SECRETS\",\"status\":\"RESOURCE_EXHAUSTED\"}}" },
        { 503, "ALL SECRETS" },
        { 200, "{\"error\":{\"code\":403,\"message\":\"ALL SECRETS\",\"status\":\"PERMISSION_DENIED\"}}" },
    };

    [Theory]
    [MemberData(nameof(UpstreamAnswers))]
    public async Task Anything_WhateverTheUpstreamSays_LeaksNoKeyAndNoToken(int status, string body)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var keys = gateway.Pool.Keys.Select(key => key.Reveal()).ToList();
        gateway.Settings.Change(settings => settings with { CustomHeaders = new Dictionary<string, string> { ["X-Custom"] = "yes", ["Authorization"] = "no", ["Content-Type"] = "no" } });
        gateway.Upstream.Always(status, body.Replace("ALL SECRETS", string.Join(' ', keys), StringComparison.Ordinal));
        var told = new StringBuilder();

        foreach (var (method, path, content) in Calls)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "key=" + GatewayUnderTest.Token);
            request.Content = method == "POST" ? new StringContent(content, Encoding.UTF8, "application/json") : null;
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + GatewayUnderTest.Token);
            request.Headers.TryAddWithoutValidation("x-api-key", OtherToken);
            request.Headers.TryAddWithoutValidation("api-key", OtherToken);
            request.Headers.TryAddWithoutValidation("Cookie", "auth_token=" + OtherToken);
            request.Headers.TryAddWithoutValidation("x-goog-user-project", OtherToken);
            request.Headers.TryAddWithoutValidation("x-goog-api-client", "google-genai-sdk/2.18.0");
            using var response = await gateway.Client.SendAsync(request);
            told.Append(response.Headers).Append(response.Content.Headers).Append(await response.Content.ReadAsStringAsync());
        }

        Assert.All(keys, key => Assert.DoesNotContain(key, told.ToString(), StringComparison.Ordinal));
        Assert.All(gateway.Logs.Lines, line => Assert.All(
            [.. keys, GatewayUnderTest.Token, OtherToken], secret => Assert.DoesNotContain(secret, line, StringComparison.Ordinal)));
        Assert.NotEmpty(gateway.Upstream.Calls);
        Assert.All(gateway.Upstream.Calls, call => AssertSentWithOneCredential(call, keys));
    }

    private static void AssertSentWithOneCredential(ScriptedCall call, List<string> keys)
    {
        var credentials = call.Headers.Where(header => keys.Exists(key => header.Value.Contains(key, StringComparison.Ordinal))).ToList();
        Assert.Equal(call.Target.Contains("/openai/", StringComparison.Ordinal) ? "Authorization" : "x-goog-api-key", Assert.Single(credentials).Key, ignoreCase: true);
        var rest = call.Target + Encoding.UTF8.GetString(call.Body) + string.Join('\n', call.Headers.Select(header => $"{header.Key}: {header.Value}"));
        Assert.DoesNotContain(GatewayUnderTest.Token, rest, StringComparison.Ordinal);
        Assert.DoesNotContain(OtherToken, rest, StringComparison.Ordinal);
        Assert.All(keys, key => Assert.DoesNotContain(key, call.Target + Encoding.UTF8.GetString(call.Body), StringComparison.Ordinal));
        Assert.Equal("yes", call.Headers["X-Custom"]);
        Assert.Equal(credentials[0].Key.Equals("x-goog-api-key", StringComparison.OrdinalIgnoreCase), call.Headers.GetValueOrDefault("Authorization") == "no");
        Assert.False(call.Headers.ContainsKey("traceparent"));
    }
}
