using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Forwarding;

/// <summary>The one place that decides to try again: lease, send, settle, decide.</summary>
internal sealed partial class AttemptLoop(
    IKeyPool pool, ResourcePins pins, GeminiClient upstream, CallLogQueue log, AnswerMetrics answers, KeyDoubts doubts, AbsentModels absent, TimeProvider time,
    ILogger<AttemptLoop> logger)
{
    /// <summary>Runs a call to its end. Bounded by <c>MAX_RETRIES</c> attempts; none starts later than <c>TIME_OUT</c> after the first.</summary>
    /// <param name="call">What to send.</param>
    /// <param name="receiver">Reads a successful answer, and says whether the client has seen any of it.</param>
    /// <param name="client">Fires when the client leaves.</param>
    /// <exception cref="Endpoints.ClientErrorException">The call names a resource that is not its client's, or resources of several keys.</exception>
    public async ValueTask<CallResult> RunAsync(UpstreamCall call, IAnswerReceiver receiver, CancellationToken client)
    {
        call = await pins.PinAsync(call, client);
        long? first = null;
        var waitLeft = call.Settings.QueueTimeOut;
        var attemptsMax = Math.Max(1, call.Settings.MaxRetries);
        var failed = new FailedKeys(call.Excluded, doubts);
        var needs = new KeyNeeds(call);
        AttemptResult? last = null;
        KeyId? keyId = null;
        var expired = 0;
        var isServed = false;
        try
        {
            for (var attempt = 1; ;)
            {
                var asked = time.GetTimestamp();
                var granted = await AcquireAsync(call, needs.Current, TimeLeft(call, first) is { } left && left < waitLeft ? left : waitLeft, failed.Excluded, client);
                if (granted is null)
                {
                    return new(attempt - 1, keyId, new CallFailure { Attempt = new AttemptResult(new(CallOutcomeKind.ClientLeft)) });
                }

                waitLeft -= time.GetElapsedTime(asked);
                if ((granted.Denial == LeaseDenialReason.AllTried && failed.TryForgive()) || needs.TryOthers(granted.Denial))
                {
                    continue;
                }

                if (!granted.IsGranted)
                {
                    return new(attempt - 1, keyId, RetryPolicy.Combine(granted, last) with { Needs = needs.Current });
                }

                keyId = granted.Lease.Key.Id;
                first ??= time.GetTimestamp();
                var result = await SendAsync(call, granted.Lease, attempt, receiver, client);
                log.Record(call, keyId.Value, attempt, result);
                if (result.Outcome.Kind == CallOutcomeKind.NotSent && !result.IsUnreachable && !client.IsCancellationRequested
                    && ++expired < Limits.ExpiredLeasesMax && TimeLeft(call, first) > TimeSpan.Zero)
                {
                    continue;
                }

                if (result.Outcome.Kind == CallOutcomeKind.Succeeded)
                {
                    isServed = true;
                    return new(attempt, keyId, Failure: null);
                }

                LogFailure(call, result, attempt, attemptsMax, keyId.Value, client.IsCancellationRequested);
                failed.Add(granted.Lease, result);
                needs.Met(result, attemptsMax - attempt);
                last = result;
                if (receiver.HasCommitted || client.IsCancellationRequested || attempt >= attemptsMax || call.Stream is { HasStarted: true } || !AllowsAnotherAttempt(call, result)
                    || TimeLeft(call, first) <= RetryPolicy.BackOff(result, attempt))
                {
                    return new(attempt, keyId, new CallFailure { Attempt = result, RetryAfter = result.Outcome.RetryDelay });
                }

                await BackOffAsync(result, attempt, client);
                attempt++;
            }
        }
        finally
        {
            failed.Settle(pool, isServed);
            absent.Settle(call, failed.AreAllMissing, isServed);
        }
    }

    /// <returns>Null before the first attempt.</returns>
    private TimeSpan? TimeLeft(UpstreamCall call, long? first) => first is { } began ? call.Settings.TimeOut - time.GetElapsedTime(began) : null;

    private async ValueTask<LeaseResult?> AcquireAsync(
        UpstreamCall call, KeyRequirement needs, TimeSpan waitLeft, IReadOnlyCollection<KeyId> excluded, CancellationToken client)
    {
        var request = new LeaseRequest
        {
            Model = call.Model,
            EstimatedTokens = call.EstimatedTokens,
            MaxWait = waitLeft > TimeSpan.Zero ? waitLeft : TimeSpan.Zero,
            ClientId = call.ClientId,
            Excluded = call.Admission is { Full: { Count: > 0 } full } ? [.. excluded, .. full] : excluded,
            Needs = needs,
            Affinity = call.Affinity,
            PrefersKnownKey = call.PrefersKnownKey,
            Pinned = call.Pinned,
        };
        try
        {
            return await pool.AcquireAsync(request, client);
        }
        catch (OperationCanceledException) when (client.IsCancellationRequested)
        {
            return null;
        }
    }

    private async ValueTask<AttemptResult> SendAsync(UpstreamCall call, KeyLease lease, int attempt, IAnswerReceiver receiver, CancellationToken client)
    {
        // What an attempt means that ends in a bug: the upstream may have counted it, and nobody is blamed.
        var result = new AttemptResult(new(CallOutcomeKind.ClientLeft));
        var isAdmitted = false;
        try
        {
            return result = time.GetUtcNow() > lease.SendBefore || !(isAdmitted = call.Admission?.TryEnter(lease.Key.Id) ?? true)
                ? new AttemptResult(new(CallOutcomeKind.NotSent))
                : await upstream.SendAsync(call, lease, attempt, receiver, client);
        }
        finally
        {
            if (isAdmitted)
            {
                call.Admission?.Leave(lease.Key.Id);
            }

            if (!RetryPolicy.IsInDoubt(result))
            {
                pool.Settle(lease, result.Outcome);
            }
        }
    }

    private bool AllowsAnotherAttempt(UpstreamCall call, in AttemptResult result) =>
        RetryPolicy.AllowsAnotherAttempt(result) && !(RetryPolicy.MeansMissing(result) && absent.Includes(call));

    private async ValueTask BackOffAsync(AttemptResult result, int attempt, CancellationToken client)
    {
        answers.Retried(result.Outcome);
        var wait = RetryPolicy.BackOff(result, attempt);
        if (wait > TimeSpan.Zero)
        {
            // A client that leaves now is noticed by the next acquisition.
            await Task.Delay(wait, time, client).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void LogFailure(UpstreamCall call, in AttemptResult result, int attempt, int attemptsMax, KeyId keyId, bool clientLeft)
    {
        if (clientLeft)
        {
            Log.ClientLeft(logger, attempt, call.Model, keyId);
        }
        else if (result.IsUnreachable)
        {
            Log.Unreachable(logger, attempt, attemptsMax, call.Address.Host, call.Address.Port);
        }
        else
        {
            Log.AttemptFailed(logger, attempt, attemptsMax, call.Model, keyId, result.Outcome.Kind, result.Outcome.Detail);
        }
    }
}
