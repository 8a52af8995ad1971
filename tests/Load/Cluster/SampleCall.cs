using System.Net.Http.Json;
using System.Text.Json;
using GeminiBalance.Load.Driving;
using GeminiBalance.Load.Processes;

namespace GeminiBalance.Load.Cluster;

/// <summary>One call on each face, read whole: what a client sees.</summary>
/// <param name="Status">The status code.</param>
/// <param name="ErrorStatus">OpenAI's <c>error.type</c>, or Google's <c>error.status</c>; null where the body is not an error of its protocol.</param>
internal sealed record SampleCall(int Status, string? ErrorStatus)
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(60);

    public static async Task<SampleCall> ChatAsync(Uri gateway, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = gateway, Timeout = AnswerMax };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Servers.ClientToken);
        using var answer = await client.PostAsJsonAsync(
            "/v1/chat/completions", new { model = Traffic.Model, messages = new[] { new { role = "user", content = "Hello" } } }, cancellationToken);
        return await ReadAsync(answer, "type", cancellationToken);
    }

    public static async Task<SampleCall> GeminiAsync(Uri gateway, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = gateway, Timeout = AnswerMax };
        client.DefaultRequestHeaders.Add("x-goog-api-key", Servers.ClientToken);
        using var answer = await client.PostAsJsonAsync(
            $"/v1beta/models/{Traffic.Model}:generateContent", new { contents = new[] { new { parts = new[] { new { text = "Hello" } } } } }, cancellationToken);
        return await ReadAsync(answer, "status", cancellationToken);
    }

    private static async Task<SampleCall> ReadAsync(HttpResponseMessage answer, string member, CancellationToken cancellationToken)
    {
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        var error = body.RootElement.TryGetProperty("error", out var found) && found.TryGetProperty("message", out _) && found.TryGetProperty(member, out var status) ? status.GetString() : null;
        return new SampleCall((int)answer.StatusCode, error);
    }
}
