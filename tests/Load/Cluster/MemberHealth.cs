using System.Text.Json;

namespace GeminiBalance.Load.Cluster;

/// <summary>What a member says of itself at <c>/health/ready</c>.</summary>
/// <param name="Code">The status code; 0 when nobody answered.</param>
/// <param name="Status"><c>healthy</c>, <c>degraded</c>, <c>unhealthy</c>; empty when it said nothing of the kind.</param>
internal readonly record struct MemberHealth(int Code, string Status)
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(5);

    public bool IsReady => Code == 200;

    public static async Task<MemberHealth> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = AnswerMax };
        try
        {
            using var answer = await client.GetAsync(new Uri(address, "/health/ready"), cancellationToken);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            return new MemberHealth((int)answer.StatusCode, StatusIn(body));
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new MemberHealth(0, "");
        }
    }

    private static string StatusIn(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("status", out var status) ? status.GetString() ?? "" : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
