using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.TestKit;

namespace GeminiBalance.FakeGemini.Tests;

/// <summary>A fake on a clock that the test moves, and a client for it.</summary>
public abstract class FakeTest : IAsyncLifetime
{
    protected const string Flash = "gemini-3.6-flash";
    private readonly HttpClient client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1) }) { Timeout = TimeSpan.FromSeconds(30) };

    protected ManualTimeProvider Time { get; } = new();

    protected FakeGeminiOptions Options { get; } = new() { Limits = default };

    protected FakeGeminiServer Server { get; private set; } = null!;

    protected string Key => Options.Keys[0];

    public async Task InitializeAsync() => Server = await FakeGeminiServer.StartAsync(Options, Time);

    public async Task DisposeAsync()
    {
        client.Dispose();
        await Server.DisposeAsync();
    }

    protected static string Prompt(string text, string more = "") =>
        $$"""{"contents":[{"role":"user","parts":[{"text":{{JsonValue.Create(text).ToJsonString()}}}]}]{{(more.Length > 0 ? "," + more : "")}}}""";

    protected static IReadOnlyList<JsonNode> Events(string body) =>
        [.. body.Split("\r\n\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line["data: ".Length..])!)];

    protected static JsonNode Part(JsonNode answer, int index = 0) => answer["candidates"]![0]!["content"]!["parts"]![index]!;

    protected Task<HttpResponseMessage> PostAsync(string path, string body, string? key = null, CancellationToken cancellationToken = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{Server.BaseUrl}/{path}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-goog-api-key", key ?? Key);
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    protected Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Server.Origin, path));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return client.SendAsync(request);
    }

    protected Task<HttpResponseMessage> PostRawAsync(string path, string body, AuthenticationHeaderValue? authorization = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Server.Origin, path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = authorization;
        return client.SendAsync(request);
    }

    protected async Task<(int Status, JsonNode Body)> AskAsync(string body, string model = Flash, string method = "generateContent", string? key = null)
    {
        using var answer = await PostAsync($"models/{model}:{method}", body, key);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    protected async Task<string> StreamAsync(string text, string model = Flash, string more = "")
    {
        using var answer = await PostAsync($"models/{model}:streamGenerateContent?alt=sse", Prompt(text, more));
        return await answer.Content.ReadAsStringAsync();
    }
}
