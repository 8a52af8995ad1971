using System.Text.Json;
using GeminiBalance.Load.Measuring;

namespace GeminiBalance.Load.Processes;

/// <summary>How the fake upstream is started, and the keys it knows.</summary>
internal static class FakeUpstream
{
    /// <summary>Enforces nothing and answers at once.</summary>
    public static readonly string[] Unlimited = ["--no-enforce", "--accept-any-key"];

    /// <summary>Refuses and counts what a key sends beyond so many requests in any 60 s.</summary>
    public static string[] Enforcing(int requestsPerMinute) => ["--accept-any-key", "--rpm", $"{requestsPerMinute}"];

    public static async Task<UpstreamStatistics> ReadStatisticsAsync(ChildProcess upstream, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri(upstream.Address, "/__stats"), cancellationToken));
        return new UpstreamStatistics(Number("totalRequests"), Number("rateLimited"), Number("violations"), Number("maxRequestsInAny60s"));

        long Number(string name) => answer.RootElement.GetProperty(name).GetInt64();
    }

    public static string Key(int index) => $"AIzaLoad{index:D31}";

    /// <summary>The first keys as the value of <c>API_KEYS</c>.</summary>
    public static string KeysSetting(int count) => JsonSerializer.Serialize(Enumerable.Range(0, count).Select(Key));
}
