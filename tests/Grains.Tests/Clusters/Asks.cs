using GeminiBalance.KeyPool;

namespace GeminiBalance.Grains.Tests.Clusters;

/// <summary>What tests ask of keys.</summary>
internal static class Asks
{
    public const string Model = "gemini-2.5-flash";

    public static readonly KeyLimits OneAMinute = new(1, 0, 0);

    public static readonly KeyLimits Plenty = new(1_000_000, 0, 0);

    public static readonly TimeSpan Span = TimeSpan.FromMinutes(1) + KeyLedgerOptions.Default.Guard;

    public static KeyId Key(int number) => new(number.ToString("x16"));

    public static async Task<LedgerAnswer> AskAsync(this IApiKeyGrain key, KeyLimits limits, int calls = 1) =>
        LedgerMessages.ToAnswer(await key.AskAsync(LedgerMessages.ToMessage(new LedgerAsk(Model, limits, [.. Enumerable.Repeat(1L, calls)], false, []))));

    public static LedgerSettlementsMessage Settlement(LedgerAnswer answer, CallOutcomeKind kind) => new()
    {
        Settlements = LedgerMessages.ToMessage([new LedgerSettlement(Model, answer.Term, answer.Grants[0].Stamp, answer.Grants[0].ChargedTokens, new CallOutcome(kind), null)]),
    };

    /// <summary>Waits for what the silos find out by themselves; how soon is not what is tested here.</summary>
    public static Task WhenAsync(Func<bool> isSo) => WhenAsync(() => Task.FromResult(isSo()));

    public static async Task WhenAsync(Func<Task<bool>> isSo)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromMinutes(1), "It never came to pass.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}
