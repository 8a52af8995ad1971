using System.Globalization;
using GeminiBalance.KeyPool;

namespace GeminiBalance.TestKit;

/// <summary>Keys, limits and requests that tests of pools share.</summary>
public static class Samples
{
    public const string Model = "gemini-2.5-flash";

    public static ApiKey NewKey(int number) => new("AIzaSyTest-" + number.ToString("D28", CultureInfo.InvariantCulture));

    public static IReadOnlyList<ApiKey> NewKeys(int count) => [.. Enumerable.Range(0, count).Select(NewKey)];

    /// <summary>The same limits for every key and model.</summary>
    public static KeyLimitTable Table(long rpm = 0, long tpm = 0, long rpd = 0) =>
        KeyLimitTable.Unlimited with { Default = new KeyLimits(rpm, tpm, rpd) };

    public static LeaseRequest Request(double maxWaitSeconds = 0, string client = "") =>
        new() { Model = Model, MaxWait = TimeSpan.FromSeconds(maxWaitSeconds), ClientId = client };
}
