using System.Net;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Hosting;

/// <summary>Keys that the upstream refused without a reason are tried alone.</summary>
public sealed class DoubtedKeyCheckTests : IDisposable
{
    private static readonly ApiKey KeyA = Samples.NewKey(1);
    private static readonly ApiKey KeyB = Samples.NewKey(2);
    private static readonly CallOutcome Refusal = new(CallOutcomeKind.KeyRejected) { Detail = "403 PERMISSION_DENIED" };
    private readonly TemporaryFolder folder = new();
    private readonly TimerWatch time = new(new ManualTimeProvider(), Limits.KeyDoubtRest);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Call_RefusedWithEveryKey_RejectsThoseThatAreRefusedAlone()
    {
        await using var upstream = await ScriptedUpstream.StartAsync();
        upstream.Always(403, Answers.Error(403, "PERMISSION_DENIED"));
        await using var gateway = await StartAsync($"--BASE_URL={upstream.BaseUrl}", "--MAX_RETRIES=2");
        gateway.ProbeOutcomes[KeyA.Id] = Refusal;

        var answer = await gateway.SendAsync("POST", "/v1beta/models/gemini-x:generateContent", StandaloneGateway.ClientToken, new StringContent("{}"));
        await time.PassAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal([KeyA.Id, KeyB.Id], gateway.Probed.OrderBy(id => id == KeyB.Id));
        Assert.Equal((KeyState.Rejected, KeyState.Active), (await StateAsync(gateway, KeyA), await StateAsync(gateway, KeyB)));
    }

    [Fact]
    public async Task Key_RejectedForWhatClientsSent_ComesBackOnceItIsTriedAlone()
    {
        await using var gateway = await StartAsync();
        var pool = gateway.Services.GetRequiredService<LocalKeyPool>();
        pool.Settle((await pool.AcquireAsync(Samples.Request() with { Pinned = KeyA.Id }, default)).Lease!, Refusal);
        Assert.Equal(KeyState.Rejected, await StateAsync(gateway, KeyA));

        gateway.Services.GetRequiredService<KeyDoubts>().Add(KeyA.Id);
        await time.PassAsync();

        Assert.Equal(KeyState.Active, await StateAsync(gateway, KeyA));
    }

    [Fact]
    public async Task Doubts_WhileKeysRest_WaitForTheNextRoundAndAreOne()
    {
        await using var gateway = await StartAsync();
        var doubts = gateway.Services.GetRequiredService<KeyDoubts>();
        doubts.Add(KeyA.Id);
        await time.Armed;
        doubts.Add(KeyA.Id);
        doubts.Add(KeyA.Id);
        doubts.Add(KeyB.Id);

        Assert.Equal([KeyA.Id], gateway.Probed);
        await time.PassAsync();
        await time.PassAsync();

        Assert.Equal([KeyA.Id, KeyA.Id, KeyB.Id], gateway.Probed.OrderBy(id => id == KeyB.Id));
    }

    private Task<StandaloneGateway> StartAsync(params string[] settings) =>
        StandaloneGateway.StartAsync(folder.Path, time, [$"--API_KEYS={KeyA.Reveal()},{KeyB.Reveal()}", "--MAX_FAILURES=1", .. settings]);

    private static async Task<KeyState?> StateAsync(StandaloneGateway gateway, ApiKey key) =>
        (await gateway.Services.GetRequiredService<IKeyDirectory>().FindAsync(key.Id, default))?.State;
}
