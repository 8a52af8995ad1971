using System.Runtime.Versioning;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;

namespace GeminiBalance.Gateway.Tests.Storage;

[UnsupportedOSPlatform("windows")]
public sealed class DataFolderTests : IDisposable
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Files_AreForTheirOwnerOnly()
    {
        using var storage = new OpenStorage(folder.In("new/data"));
        await storage.Store.OpenAsync(default, CancellationToken.None);

        Assert.Equal(OwnerFile | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.In("new/data")));
        Assert.Equal(
            ["encryption.key", "gateway.db", "gateway.db-shm", "gateway.db-wal", "gateway.lock"],
            Directory.GetFiles(folder.In("new/data")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(folder.In("new/data")), file => Assert.Equal(OwnerFile, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void Open_FileThatOthersMayRead_TakesThatRightAway()
    {
        File.WriteAllText(folder.In("gateway.db"), "");
        File.SetUnixFileMode(folder.In("gateway.db"), OwnerFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        using var storage = new OpenStorage(folder.Path);

        Assert.Equal(OwnerFile, File.GetUnixFileMode(folder.In("gateway.db")));
    }

    [Fact]
    public void Folder_HeldByAnother_SaysSo()
    {
        using var first = new DataFolder(folder.Path);

        Assert.Contains("in use by another gateway", Assert.Throws<StartException>(() => new DataFolder(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_GivenBack_CanBeTakenAgain()
    {
        new DataFolder(folder.Path).Dispose();

        using var second = new DataFolder(folder.Path);

        Assert.Equal(folder.Path, second.Path);
    }

    [Fact]
    public void Folder_WhereAFileIs_SaysSo()
    {
        File.WriteAllText(folder.In("data"), "");

        Assert.Contains("cannot be created", Assert.Throws<StartException>(() => new DataFolder(folder.In("data"))).Message, StringComparison.Ordinal);
    }
}
