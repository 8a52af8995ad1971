using GeminiBalance.KeyPool;

namespace GeminiBalance.Grains.Holding;

/// <summary>A snapshot on its way to the store, and those who wait for it there.</summary>
internal sealed record WrittenLedger(HeldKey Key, HeldLedger Ledger, List<TaskCompletionSource>? Waiters);
