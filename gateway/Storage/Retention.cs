namespace GeminiBalance.Gateway.Storage;

/// <summary>Deletes what is due from the database now and then, a bounded number of rows at a time, so that nothing else waits long for it.</summary>
internal abstract class Retention(TimeProvider time) : BackgroundService
{
    protected TimeProvider Time { get; } = time;

    /// <summary>How long to the next deletion.</summary>
    protected abstract TimeSpan Interval { get; }

    /// <summary>Deletes everything that is due.</summary>
    /// <returns>How many rows worth telling of.</returns>
    public abstract Task<long> DeleteAsync(CancellationToken cancellationToken);

    protected abstract void TellDeleted(long rows);

    protected abstract void TellFailed(Exception failure);

    protected static async Task<long> RepeatAsync(Func<ValueTask<int>> delete, int rowsMax)
    {
        long total = 0;
        while (true)
        {
            var deleted = await delete();
            total += deleted;
            if (deleted < rowsMax)
            {
                return total;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Interval, Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await DeleteAndTellAsync(stoppingToken);
        }
    }

    private async Task DeleteAndTellAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await DeleteAsync(stoppingToken) is > 0 and var rows)
            {
                TellDeleted(rows);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on with it.
        }
#pragma warning disable CA1031 // A deletion that fails must not end the process; the next one catches up.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            TellFailed(failure);
        }
    }
}
