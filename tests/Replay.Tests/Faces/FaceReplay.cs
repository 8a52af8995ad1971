using GeminiBalance.Replay.Tests.Hosts;
using GeminiBalance.Replay.Tests.Recordings;
using GeminiBalance.Replay.Tests.Tables;
using Xunit.Abstractions;

namespace GeminiBalance.Replay.Tests.Faces;

/// <summary>Replays a folder's exchanges one by one at one face, and says what became of them.</summary>
[Collection(ReplayCollection.Name)]
public abstract class FaceReplay(ReplayRun run, ITestOutputHelper output)
{
    private protected ReplayGateway Gateway => run.Gateway;

    /// <summary>The face's name in the table.</summary>
    private protected abstract string Face { get; }

    /// <summary>Why an exchange is not replayed here; null when it is. Exchanges that are not for this face at all are not asked about.</summary>
    private protected abstract string? ReasonToLeaveOut(RecordedExchange exchange);

    /// <summary>Sends one exchange and asserts on what comes back.</summary>
    private protected abstract Task ReplayAsync(RecordedExchange exchange);

    /// <summary>What an exchange holds that this face could lose, for the table.</summary>
    private protected virtual IEnumerable<string> FeaturesOf(RecordedExchange exchange) => [];

    /// <param name="project">The folder.</param>
    /// <param name="exchanges">Those that belong to this face.</param>
    /// <param name="passedMin">How many pass today: fewer means that some have silently dropped out.</param>
    private protected async Task RunAsync(string project, IEnumerable<RecordedExchange> exchanges, int passedMin)
    {
        var row = run.Table.Row(Face, project);
        foreach (var exchange in exchanges)
        {
            if (ReasonToLeaveOut(exchange) is { } reason)
            {
                row.LeaveOut(reason);
            }
            else if (await Record.ExceptionAsync(() => ReplayAsync(exchange)) is { } fault)
            {
                row.Faults.Add($"{exchange}: {fault.Message}");
            }
            else
            {
                row.Pass(FeaturesOf(exchange));
            }
        }

        ReplayVerdict.Check(row, passedMin, output);
    }
}
