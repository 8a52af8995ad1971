using System.Threading.Channels;
using GeminiBalance.Gateway.Cluster.Hosting;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Cluster.Tests.Hosts;

/// <summary>Writes numbers to a database that answers as it is told.</summary>
internal sealed class ScriptedWriteBehind(TimeProvider time, WriteBehindBounds bounds) : WriteBehind<int>(time, bounds)
{
    public Channel<string> Written { get; } = Channel.CreateUnbounded<string>();

    public Channel<string> Refused { get; } = Channel.CreateUnbounded<string>();

    public List<string> Told { get; } = [];

    public MySqlFailure? Failure { get; set; }

    public void Keep(params int[] rows)
    {
        foreach (var row in rows)
        {
            Add(row);
        }
    }

    protected override int BytesOf(int row) => 1;

    protected override Task WriteAsync(IReadOnlyCollection<int> rows, CancellationToken cancellationToken)
    {
        var failure = Failure;
        (failure is null ? Written : Refused).Writer.TryWrite(string.Join(", ", rows));
        return failure is { } kind ? throw new MySqlStorageException(kind, "away") : Task.CompletedTask;
    }

    protected override void TellFailed(string reason) => Told.Add(reason);
}
