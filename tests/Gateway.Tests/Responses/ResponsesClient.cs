using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Responses;
using GeminiBalance.Gateway.Tests.Hosts;

namespace GeminiBalance.Gateway.Tests.Responses;

/// <summary>A gateway with a store of its own, and a client of its Responses API.</summary>
internal sealed class ResponsesClient : IAsyncDisposable
{
    private ResponsesClient(GatewayUnderTest gateway, MemoryResponseStore store)
    {
        Gateway = gateway;
        Store = store;
    }

    public GatewayUnderTest Gateway { get; }

    public MemoryResponseStore Store { get; }

    public static async Task<ResponsesClient> StartAsync(TimeProvider? time = null)
    {
        var store = new MemoryResponseStore();
        var gateway = await GatewayUnderTest.StartAsync(time, services: services => services.AddSingleton<IResponseStore>(store));
        gateway.Upstream.Always(200, Answers.Ok);
        return new(gateway, store);
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(string method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await Gateway.Client.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>Makes a response, which must succeed.</summary>
    public async Task<JsonNode> CreateAsync(string json)
    {
        var (status, body) = await SendAsync("POST", "/v1/responses", json);
        Assert.True(status == HttpStatusCode.OK, body.ToJsonString());
        return body;
    }

    /// <summary>The events of a streamed response, and whether the connection broke off behind them.</summary>
    public async Task<(List<JsonNode> Events, bool IsCut)> StreamAsync(string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/responses") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        using var response = await Gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.NonValidated["Content-Type"].ToString());
        List<JsonNode> events = [];
        try
        {
            await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync(), (_, data) => JsonNode.Parse(data)!).EnumerateAsync())
            {
                Assert.Equal(events.Count, (int)item.Data["sequence_number"]!);
                events.Add(item.Data);
            }
        }
        catch (Exception failure) when (failure is HttpIOException or IOException)
        {
            return (events, true);
        }

        return (events, false);
    }

    /// <summary>The texts of the contents that the upstream was sent last, by role.</summary>
    public string[] SentTexts()
    {
        var sent = JsonNode.Parse(Gateway.Upstream.Calls[^1].Body)!;
        return [.. sent["contents"]!.AsArray().Select(content => $"{content!["role"]}: {string.Concat(content["parts"]!.AsArray().Select(part => (string?)part!["text"]))}")];
    }

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
