using System.Text;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Interactions;

/// <summary>Requests and answers of the Interactions API, as they were recorded.</summary>
internal static class Interaction
{
    public const string InteractionsPath = "/v1beta/interactions";
    public const string Id = "v1_ChdUR3NIYXVyQkFlYVA2ZGtQajZERThBVRIX";
    public const string Request = """{"model":"gemini-x","input":"Hi"}""";
    public const string Streamed = """{"model":"gemini-x","input":"Hi","stream":true}""";
    public const string Usage = """{"total_tokens":148,"total_input_tokens":7,"total_cached_tokens":0,"total_output_tokens":26,"total_tool_use_tokens":2,"total_thought_tokens":115}""";

    public const string Done =
        """{"id":"v1_ChdUR3NIYXVyQkFlYVA2ZGtQajZERThBVRIX","status":"completed","usage":{"total_tokens":148,"total_input_tokens":7,"total_cached_tokens":0,"total_output_tokens":26,"total_tool_use_tokens":2,"total_thought_tokens":115},"created":"2026-05-15T18:51:57Z","object":"interaction","model":"gemini-x","steps":[{"type":"thought","signature":"Ci"},{"type":"model_output","content":[{"type":"text","text":"I am well."}]}], "tomorrow" : 1e99}""";

    public const string Running = """{"id":"v1_ChdUR3NIYXVyQkFlYVA2ZGtQajZERThBVRIX","status":"in_progress","object":"interaction","agent":"deep-research-x"}""";
    public const string Empty = """{"id":"v1_ChdUR3NIYXVyQkFlYVA2ZGtQajZERThBVRIX","status":"completed","steps":[{"type":"thought","signature":"Ci"}]}""";

    public static string Begin { get; } = Event("interaction.created", $$"""{"interaction":{"id":"{{Id}}","status":"in_progress","object":"interaction","model":"gemini-x"},"event_type":"interaction.created"}""")
        + Event("interaction.status_update", $$"""{"interaction_id":"{{Id}}","status":"in_progress","event_type":"interaction.status_update"}""")
        + Event("step.start", """{"index":0,"step":{"type":"model_output"},"event_type":"step.start"}""");

    public static string Text { get; } = Event("step.delta", """{"index":0,"delta":{"text":"I am well.","type":"text"},"event_type":"step.delta"}""");

    public static string End { get; } = Event("step.stop", """{"index":0,"event_type":"step.stop"}""")
        + Event("interaction.completed", """{"interaction":{"id":"_ID_","status":"completed","usage":_USAGE_},"event_type":"interaction.completed"}""".Replace("_ID_", Id, StringComparison.Ordinal).Replace("_USAGE_", Usage, StringComparison.Ordinal)) + "event: done\ndata: [DONE]\n\n";

    public static string Events { get; } = Begin + Text + End;

    public static string Event(string name, string json) => $"event: {name}\ndata: {json}\n\n";

    public static string Error(string code, string message = "What went wrong.") => $$"""{"error":{"message":"{{message}}","code":"{{code}}"} }""";

    public static string ErrorEvent(string code) => Event("error", $$"""{"event_id":"7","event_type":"error","error":{"message":"What went wrong.","code":"{{code}}" } }""");

    public static Task<HttpResponseMessage> PostAsync(GatewayUnderTest gateway, string body, string path = InteractionsPath) =>
        gateway.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

    public static async Task<(int Status, string Body)> SendAsync(GatewayUnderTest gateway, string body, string path = InteractionsPath)
    {
        using var response = await PostAsync(gateway, body, path);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public static MemoryResourceStore Store(GatewayUnderTest gateway) => (MemoryResourceStore)gateway.Services.GetRequiredService<IResourceStore>();

    public static async Task KeepAsync(GatewayUnderTest gateway, string name, KeyId key, string clientId = TestTokens.ClientId, DateTimeOffset? expires = null) => await Store(gateway).SaveAsync(
        [new OwnedResource { Name = name, Collection = name.Split('/')[0], KeyId = key, ClientId = clientId, CreatedAt = TimeProvider.System.GetUtcNow(), ExpiresAt = expires }], default);

    /// <summary>Writes events, and then waits for a sign and ends as a test says.</summary>
    public static Func<HttpContext, Task> Begun(string events, Task sign, Func<HttpContext, Task> rest) => async context =>
    {
        context.Response.ContentType = Answers.Sse;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(events));
        await context.Response.Body.FlushAsync();
        await sign;
        await rest(context);
    };
}
