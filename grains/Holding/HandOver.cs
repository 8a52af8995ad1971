using GeminiBalance.Grains.Keys;

namespace GeminiBalance.Grains.Holding;

/// <summary>
/// Gives every claim back before the silo begins to leave. Left to the end of the grains, a claim would still be open when another silo takes
/// the key, because the directory forgets a leaving silo first; and answers under way would be dropped with their grants.
/// </summary>
internal sealed class HandOver(KeyGrainServices services) : ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>What starts last stops first.</summary>
    private const int BeforeAllElse = ServiceLifecycleStage.Active + 1;

    public void Participate(ISiloLifecycle observer)
    {
        observer.Subscribe(nameof(HandOver), BeforeAllElse, _ => Task.CompletedTask, LeaveAsync);

        // Gateways have just been told to send nothing more this way: answers of other silos that come through this one are still to pass.
        observer.Subscribe(nameof(HandOver), ServiceLifecycleStage.BecomeActive, _ => Task.CompletedTask, WaitAsync);
    }

    private async Task LeaveAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return; // An end at once, as in a crash.
        }

        services.Pulse.Leave();
        await WaitAsync(cancellationToken);
        await Task.WhenAll(services.Keys.All.Select(held => services.GiveBackAsync(held, cancellationToken)));
        await services.Arrivals.WhenNoneAsync().WaitAsync(cancellationToken);
    }

    private Task WaitAsync(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.CompletedTask : Task.Delay(services.Options.AnswersLeaveWithin, services.Time, cancellationToken);
}
