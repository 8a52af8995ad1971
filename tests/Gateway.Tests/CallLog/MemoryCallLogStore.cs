using GeminiBalance.Gateway.CallLog;

namespace GeminiBalance.Gateway.Tests.CallLog;

/// <summary>Keeps batches in memory, and can be away.</summary>
internal sealed class MemoryCallLogStore : ICallLogStore
{
    private readonly TaskCompletionSource firstWrite = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsAway { get; set; }

    public List<CallLogBatch> Batches { get; } = [];

    public List<long> Refused { get; } = [];

    public Task FirstWrite => firstWrite.Task;

    public IEnumerable<LoggedAttempt> Attempts => Batches.SelectMany(batch => batch.Attempts);

    public ValueTask WriteAsync(CallLogBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (IsAway)
        {
            Refused.Add(batch.Number);
            throw new IOException("The database is away.");
        }

        Batches.Add(batch);
        firstWrite.TrySetResult();
        return ValueTask.CompletedTask;
    }

    public ValueTask<int> DeleteAsync(CallLogPart part, DateTimeOffset before, int rowsMax, CancellationToken cancellationToken) => ValueTask.FromResult(0);
}
