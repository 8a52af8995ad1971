namespace GeminiBalance.KeyPool;

/// <summary>A call that waits for a key.</summary>
internal class LeaseWaiter(LeaseRequest request, ModelQueue queue, long deadline)
{
    // Continuations leave the thread that grants: it may hold up everybody else.
    private readonly TaskCompletionSource<LeaseResult> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CancellationTokenRegistration registration;

    public LeaseRequest Request { get; } = request;

    public ModelQueue Queue { get; } = queue;

    public long Deadline { get; } = deadline;

    /// <summary>Its line, and its place there.</summary>
    public FairQueue<LeaseWaiter>? Line { get; set; }

    public FairTicket<LeaseWaiter> Ticket { get; set; }

    public bool IsWaiting { get; set; }

    /// <summary>Whether its deadline is on the list of deadlines, where it may stay a while after the call has left.</summary>
    public bool IsTimed { get; set; }

    public LeaseResult? Result { get; set; }

    public Task<LeaseResult> Task => completion.Task;

    /// <summary>What makes the call leave when its caller gives up; undone when it has its answer.</summary>
    public void LeaveOn(CancellationTokenRegistration giveUp)
    {
        registration = giveUp;
        if (completion.Task.IsCompleted)
        {
            giveUp.Unregister();
        }
    }

    /// <summary>Hands out the answer.</summary>
    public void Complete()
    {
        completion.TrySetResult(Result!);
        registration.Unregister();
    }

    public void Cancel(CancellationToken cancellationToken) => completion.TrySetCanceled(cancellationToken);
}
