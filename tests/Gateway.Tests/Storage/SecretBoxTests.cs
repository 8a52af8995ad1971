using GeminiBalance.Gateway.Storage;

namespace GeminiBalance.Gateway.Tests.Storage;

public sealed class SecretBoxTests
{
    private const int Secrets = 20_000;

    /// <summary>Requests, the roster's reader and administration use one box at the same time.</summary>
    [Fact]
    public void ManyThreads_CloseAndOpen_EachFindsItsOwn()
    {
        using var box = new SecretBox(new byte[SecretBox.KeyBytes]);

        var opened = new string?[Secrets];
        Parallel.For(0, Secrets, i => opened[i] = box.TryOpen($"name {i}", box.Close($"name {i}", $"secret {i}")));

        Assert.Equal(Enumerable.Range(0, Secrets).Select(i => $"secret {i}"), opened);
    }
}
