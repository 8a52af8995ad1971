using GeminiBalance.Gateway.Storage;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>What the stand-alone gateway tells at its start.</summary>
internal sealed class StandaloneFacts(AdminToken adminToken, DataFolder folder, IKeyDirectory keys) : IStartFacts
{
    public async ValueTask<StartFacts> TakeAsync(CancellationToken cancellationToken)
    {
        var keyCount = (await keys.ListAsync(cancellationToken)).Count;
        return new StartFacts(keyCount, folder.Path, await adminToken.TakeFreshAsync(cancellationToken));
    }
}
