using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GeminiBalance.Load.Measuring;

namespace GeminiBalance.Load.Processes;

/// <summary>How the fake upstream is started, and the keys it knows.</summary>
internal static class FakeUpstream
{
    /// <summary>By so many last characters it names keys in its statistics.</summary>
    private const int TailChars = 8;

    private const int PublicIdBytes = 8;

    /// <summary>Enforces nothing and answers at once.</summary>
    public static readonly string[] Unlimited = ["--no-enforce", "--accept-any-key"];

    /// <summary>Refuses and counts what a key sends beyond so many requests in any 60 s.</summary>
    public static string[] Enforcing(int requestsPerMinute) => ["--accept-any-key", "--rpm", $"{requestsPerMinute}"];

    public static async Task<UpstreamStatistics> ReadStatisticsAsync(ChildProcess upstream, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri(upstream.Address, "/__stats"), cancellationToken));
        return new UpstreamStatistics(Number("totalRequests"), Number("served"), Number("rateLimited"), Number("violations"), Number("maxRequestsInAny60s"));

        long Number(string name) => answer.RootElement.GetProperty(name).GetInt64();
    }

    /// <summary>How many calls of today it admitted for each of the first keys, over all models; by the key's public id.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> ReadDayCountsAsync(ChildProcess upstream, int keys, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri(upstream.Address, "/__stats?detail=1"), cancellationToken));
        var ids = Enumerable.Range(0, keys).Select(Key).ToDictionary(key => key[^TailChars..], PublicId);
        return answer.RootElement.GetProperty("pairs").EnumerateArray()
            .GroupBy(pair => ids[pair.GetProperty("keyTail").GetString()!])
            .ToDictionary(pairs => pairs.Key, pairs => pairs.Sum(pair => pair.GetProperty("dayCount").GetInt64()));
    }

    /// <summary>How many keys it has seen, where it keeps windows.</summary>
    public static async Task<long> CountKeysUsedAsync(ChildProcess upstream, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri(upstream.Address, "/__stats"), cancellationToken));
        return answer.RootElement.GetProperty("keysUsed").GetInt64();
    }

    public static string Key(int index) => $"AIzaLoad{index:D31}";

    /// <summary>The first keys as the value of <c>API_KEYS</c>.</summary>
    public static string KeysSetting(int count) => JsonSerializer.Serialize(Enumerable.Range(0, count).Select(Key));

    /// <summary>How gateways name a key in public.</summary>
    private static string PublicId(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, PublicIdBytes));
}
