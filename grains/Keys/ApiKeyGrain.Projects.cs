using GeminiBalance.KeyPool;

namespace GeminiBalance.Grains.Keys;

/// <content>Moving a key's quota to the ledger of another project, and taking over what keys bring along.</content>
internal sealed partial class ApiKeyGrain
{
    /// <summary>An ask that waits longer is of no use to any call.</summary>
    private static readonly TimeSpan MoveAwaited = TimeSpan.FromMilliseconds(500);
    private Task? moving;

    public async ValueTask MoveAsync(string? project, long version)
    {
        while (moving is { } other)
        {
            await other.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        await MoveAsync(new LedgerMove(project is null ? null : new KeyId(project), version));
    }

    public ValueTask CountInAsync(byte[] ledger)
    {
        var key = KeyLedgerSnapshot.FromJson(ledger);
        return ChangeAsync((holder, now) => holder.CountIn(key, now));
    }

    /// <summary>Makes the move that an ask has named, and answers it then, or, when that takes long, with a denial.</summary>
    private async ValueTask<LedgerAnswerMessage> AnswerMovedAsync(LedgerAsk question, LedgerMove move)
    {
        // When it fails the key grants nothing, and the next ask begins it anew.
        await (moving ?? MoveAsync(move)).WaitAsync(MoveAwaited, services.Time)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        var answer = Held.Answer(question);
        services.Meter.Answered(answer, question.Tokens.Count);
        return LedgerMessages.ToMessage(answer);
    }

    private async Task MoveAsync(LedgerMove move)
    {
        var ended = new TaskCompletionSource();
        moving = ended.Task;
        try
        {
            await CarryAsync(move);
        }
        finally
        {
            moving = null;
            ended.SetResult();
        }
    }

    private async Task CarryAsync(LedgerMove move)
    {
        await ChangeAsync((holder, _) =>
        {
            if (!holder.BeginMove(move))
            {
                throw new LedgerUnavailableException(
                    "The key was taken over from a silo that failed a moment ago. Its new project is in force as soon as that silo has surely ended, in some seconds.");
            }
        });
        if (!Held.IsMoving)
        {
            return;
        }

        if (Held.MovesTo is { } project)
        {
            await GrainFactory.GetGrain<IApiKeyGrain>(project.Value).CountInAsync(Held.Read().ToJson());
        }

        await ChangeAsync((holder, _) => holder.EndMove());
    }
}
