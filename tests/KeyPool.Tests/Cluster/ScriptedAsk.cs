using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Cluster;

/// <summary>An ask that waits for what its test decides.</summary>
internal sealed class ScriptedAsk(KeyId key, LedgerAsk message, Action ended)
{
    public const long Term = 7;
    private readonly TaskCompletionSource<LedgerAnswer> answer = new();

    public KeyId Key { get; } = key;

    public LedgerAsk Message { get; } = message;

    public Task<LedgerAnswer> Task => answer.Task;

    public bool IsOpen => !answer.Task.IsCompleted;

    /// <summary>The stamp of the first grant; the others follow.</summary>
    public long Stamp { get; init; }

    /// <summary>Grants all that is asked, and there is more.</summary>
    public void Grant() => Answer(Message.Tokens.Count);

    /// <summary>Grants some, and then there is nothing for a while.</summary>
    public void Grant(int count, TimeSpan freeIn) => Answer(count, KeyDenialReason.Minute, freeIn, freeIn);

    public void Deny(KeyDenialReason reason, TimeSpan nextIn, TimeSpan? freeIn = null) => Answer(0, reason, nextIn, freeIn ?? nextIn);

    public void Answer(int count, KeyDenialReason denial = KeyDenialReason.None, TimeSpan nextIn = default, TimeSpan freeIn = default)
    {
        LedgerGrant[] grants = [.. Message.Tokens.Take(count).Select((tokens, index) => new LedgerGrant(Stamp + index, tokens))];
        ended();
        NoContext.Run(() => answer.SetResult(new LedgerAnswer(Term, grants, denial, nextIn, freeIn, 1, IsLittleUsed: true)));
    }

    public void Fail()
    {
        ended();
        NoContext.Run(() => answer.SetException(new TimeoutException("The holder is away.")));
    }
}
