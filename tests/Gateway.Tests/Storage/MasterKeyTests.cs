using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Storage;

public sealed class MasterKeyTests : IDisposable
{
    private const string Base64Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static readonly ApiKey Key = new("AIzaSyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-a1");
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("correct horse battery staple")]
    [InlineData(Base64Key)]
    public async Task Keys_WrittenWithAKey_AreReadWithIt(string? encryptionKey)
    {
        await WriteAsync(encryptionKey);

        using var storage = new OpenStorage(folder.Path, encryptionKey);

        Assert.Equal([Key], (await storage.Store.OpenAsync(default, CancellationToken.None)).Keys.Select(key => key.Key));
        Assert.Equal(encryptionKey is null, File.Exists(folder.In(MasterKey.FileName)));
    }

    [Theory]
    [InlineData(null, "another passphrase", "Set ENCRYPTION_KEY")]
    [InlineData("correct horse battery staple", "correct horse battery stapler", "Set ENCRYPTION_KEY")]
    [InlineData("correct horse battery staple", null, "set ENCRYPTION_KEY")]
    [InlineData(Base64Key, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh4=", "Set ENCRYPTION_KEY")]
    public async Task Start_WithAnotherKey_StopsClearlyAndLosesNothing(string? written, string? read, string advice)
    {
        await WriteAsync(written);

        var failure = Assert.Throws<StartException>(() => new OpenStorage(folder.Path, read));

        Assert.Contains(advice, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(read ?? "correct horse", failure.Message, StringComparison.Ordinal);
        using var storage = new OpenStorage(folder.Path, written);
        Assert.Single((await storage.Store.OpenAsync(default, CancellationToken.None)).Keys);
    }

    [Fact]
    public async Task Start_GeneratedKeyGone_StopsAndMakesNoNewOne()
    {
        await WriteAsync(null);
        File.Delete(folder.In(MasterKey.FileName));

        var failure = Assert.Throws<StartException>(() => new OpenStorage(folder.Path));

        Assert.Contains("its key is missing", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.In(MasterKey.FileName)));
    }

    [Fact]
    public async Task Start_GeneratedKeyDamaged_StopsClearly()
    {
        await WriteAsync(null);
        await File.WriteAllTextAsync(folder.In(MasterKey.FileName), "AAAA");

        Assert.Contains("is damaged", Assert.Throws<StartException>(() => new OpenStorage(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Box_ClosedTwice_IsNeverTheSame()
    {
        using var box = new SecretBox(new byte[SecretBox.KeyBytes]);

        Assert.NotEqual(box.Close("name", "secret"), box.Close("name", "secret"));
    }

    [Fact]
    public void Box_AnyByteChanged_DoesNotOpen()
    {
        using var box = new SecretBox(new byte[SecretBox.KeyBytes]);
        var closed = box.Close("name", "secret");
        Assert.Equal("secret", box.TryOpen("name", closed));
        for (var i = 0; i < closed.Length; i++)
        {
            closed[i] ^= 1;
            Assert.Null(box.TryOpen("name", closed));
            closed[i] ^= 1;
            Assert.Null(box.TryOpen("name", closed.AsSpan(0, i)));
        }

        Assert.Null(box.TryOpen("other", closed));
    }

    private async Task WriteAsync(string? encryptionKey)
    {
        using var storage = new OpenStorage(folder.Path, encryptionKey);
        await storage.Store.AddKeysAsync([new StoredKey(Key, new KeyProfile(), null)], CancellationToken.None);
    }
}
