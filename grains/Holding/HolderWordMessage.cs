using GeminiBalance.KeyPool;

namespace GeminiBalance.Grains.Holding;

/// <summary><see cref="HolderWord"/> on the wire. Spans are ticks.</summary>
[GenerateSerializer]
[Immutable]
[Alias("gb.HolderWord")]
internal sealed class HolderWordMessage
{
    private static readonly TimeSpan Never = TimeSpan.FromDays(365);

    [Id(0)]
    public bool IsFailing { get; set; }

    [Id(1)]
    public long FailedAgo { get; set; }

    [Id(2)]
    public long ContactAgo { get; set; }

    public static HolderWordMessage From(HolderWord word) =>
        new() { IsFailing = word.IsFailing, FailedAgo = Bounded(word.FailedAgo.Ticks), ContactAgo = Bounded(word.ContactAgo.Ticks) };

    public HolderWord ToWord() => new(IsFailing, TimeSpan.FromTicks(Bounded(FailedAgo)), TimeSpan.FromTicks(Bounded(ContactAgo)));

    private static long Bounded(long ticks) => Math.Clamp(ticks, 0, Never.Ticks);
}
