using GeminiBalance.Gateway.Import;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosting;
using GeminiBalance.Gateway.Tests.Storage;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Import;

public sealed class ImportKeysCommandTests : IDisposable
{
    private const string KeyA = "AIzaSyTest-0000000000000000000000000001";
    private const string KeyB = "AIzaSyTest-0000000000000000000000000002";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Import_FromInputAndFile_AddsWhatIsNew()
    {
        Assert.Equal("1 added: AIza…0001|1 there already: AIza…0001|0 no keys|", await RunAsync($"{KeyA}\n{KeyA}", "--tags", "paid,fast", "--weight", "2"));
        var file = Path.Combine(folder.Path, "keys.txt");
        await File.WriteAllTextAsync(file, $"{KeyA}\n{KeyB}\nAIzaShort-one-000");

        Assert.Equal("1 added: AIza…0002|1 there already: AIza…0001|1 no keys: AIza…-000|", await RunAsync("", file));

        await using var gateway = await StandaloneGateway.StartAsync(folder.Path);
        var keys = await gateway.Services.GetRequiredService<IKeyDirectory>().ListAsync(CancellationToken.None);
        Assert.Equal([("fast,paid", 2), ("", 1)], keys.OrderBy(key => key.Masked).Select(key => (key.Profile.Tags.Text, key.Profile.Weight)));
    }

    [Fact]
    public async Task Import_WhileAGatewayRuns_OrOfAWrongProfile_SaysWhy()
    {
        Assert.Contains("kind", (await Assert.ThrowsAsync<StartException>(() => RunAsync(KeyA, "--kind", "other"))).Message, StringComparison.Ordinal);
        await using var gateway = await StandaloneGateway.StartAsync(folder.Path);
        Assert.Contains("in use", (await Assert.ThrowsAsync<StartException>(() => RunAsync(KeyA))).Message, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(string input, params string[] args)
    {
        using var reader = new StringReader(input);
        await using var output = new StringWriter();
        await ImportKeysCommand.RunAsync([.. args, $"--DATA_DIR={folder.Path}"], reader, output);
        return output.ToString().ReplaceLineEndings("|");
    }
}
