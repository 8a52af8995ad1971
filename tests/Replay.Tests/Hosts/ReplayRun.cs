using GeminiBalance.Replay.Tests.Tables;
using GeminiBalance.TestKit;
using Xunit.Abstractions;

namespace GeminiBalance.Replay.Tests.Hosts;

/// <summary>One gateway for the whole run, and the table that is shown when all is done.</summary>
public sealed class ReplayRun(IMessageSink messages) : IAsyncLifetime
{
    internal ReplayTable Table { get; } = new();

    internal ReplayGateway Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (RecordedTraffic.Folder is not null)
        {
            Gateway = await ReplayGateway.StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (Gateway is not null)
        {
            await Gateway.DisposeAsync();
            await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "replay.md"), Table.ToMarkdown());
            messages.OnMessage(new Xunit.Sdk.DiagnosticMessage("What was replayed:{0}{1}", Environment.NewLine, Table.ToMarkdown()));
        }
    }
}
