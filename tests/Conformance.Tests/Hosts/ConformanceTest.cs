using GeminiBalance.FakeGemini;

namespace GeminiBalance.Conformance.Tests.Hosts;

/// <summary>A gateway for one test, which is searched for leaked secrets in the end, whatever the test was about.</summary>
public abstract class ConformanceTest : IAsyncLifetime
{
    internal ComposedGateway Gateway { get; private set; } = null!;

    private protected FakeGeminiServer Upstream => Gateway.Upstream;

    public async Task InitializeAsync() => Gateway = await StartAsync();

    public async Task DisposeAsync()
    {
        await using (Gateway)
        {
            Gateway.AssertSecretsKept();
        }
    }

    private protected virtual Task<ComposedGateway> StartAsync() => ComposedGateway.StartAsync();
}
