using GeminiBalance.Gateway.Import;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Storage;

namespace GeminiBalance.Gateway.Tests.Import;

public sealed class ImportSourcesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void EnvironmentFile_IsReadAsDocumented()
    {
        var source = SourceFile.Read(Write("# keys\nexport API_KEYS=['a', 'b'] # two\nauth_token=\"sk-x\"\nTZ=Asia/Shanghai\nPAID_KEY=\n"));

        Assert.True(source.IsEnvironmentFile);
        Assert.Equal([("API_KEYS", "['a', 'b']"), ("AUTH_TOKEN", "sk-x"), ("PAID_KEY", ""), ("TZ", "Asia/Shanghai")],
            source.Values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => (value.Key, value.Value)));
    }

    [Fact]
    public void SavedAnswerOfItsAdminApi_IsReadWithItsTypes()
    {
        var source = SourceFile.Read(Write("""{"API_KEYS":["a"],"MAX_RETRIES":5,"URL_CONTEXT_ENABLED":true,"PAID_KEY":null,"THINKING_BUDGET_MAP":{"m":1.0},"TTS_SPEED":"slow"}"""));

        Assert.False(source.IsEnvironmentFile);
        Assert.Equal(
            [("API_KEYS", "[\"a\"]"), ("MAX_RETRIES", "5"), ("THINKING_BUDGET_MAP", "{\"m\":1.0}"), ("TTS_SPEED", "slow"), ("URL_CONTEXT_ENABLED", "true")],
            source.Values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => (value.Key, value.Value)));
    }

    [Fact]
    public void Database_WinsOverTheEnvironmentFile()
    {
        var database = SourceFile.Read(ForeignFiles.WriteDatabase(folder.In("db"), ("MAX_RETRIES", "5"), ("TIME_OUT", "60")));
        var file = SourceFile.Read(Write("MAX_RETRIES=7\nTIME_OUT=60\nMAX_FAILURES=4\n"));

        var sources = ImportSources.Combine([database, file]);

        Assert.Equal(("5", "60", "4"), (sources.Values["MAX_RETRIES"], sources.Values["TIME_OUT"], sources.Values["MAX_FAILURES"]));
        Assert.Equal("MAX_RETRIES", Assert.Single(sources.Overruled));
        Assert.Equal([file, database], sources.Used);
        Assert.Contains("or one of each", Assert.Throws<StartException>(() => ImportSources.Combine([file, file])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("  \n", "is empty")]
    [InlineData("Dear diary, today = fine", "holds no setting of gemini-balance")]
    [InlineData("DEFAULT_RPM=5", "holds no setting of gemini-balance")]
    [InlineData("{\"a\":", "begins like JSON but is none")]
    public void OtherTexts_AreRefused(string text, string expected) => Assert.Contains(expected, Refusal(Write(text)), StringComparison.Ordinal);

    [Fact]
    public void OtherFiles_AreRefused()
    {
        Assert.Contains("There is no file", Refusal(folder.In("none")), StringComparison.Ordinal);
        Assert.Contains("is a folder", Refusal(folder.Path), StringComparison.Ordinal);
        using (var other = ForeignFiles.Open(folder.In("other.db")))
        {
            ForeignFiles.Execute(other, "CREATE TABLE recipes (id INTEGER)");
        }

        Assert.Contains("is not gemini-balance's database: it has no table t_settings", Refusal(folder.In("other.db")), StringComparison.Ordinal);
        Assert.Contains("holds no settings", Refusal(ForeignFiles.WriteDatabase(folder.In("fresh.db"))), StringComparison.Ordinal);
        File.WriteAllText(folder.In("broken.db"), "SQLite format 3\0" + new string('x', 5000));
        Assert.Contains("cannot be read", Refusal(folder.In("broken.db")), StringComparison.Ordinal);
    }

    [Fact]
    public void LockedDatabase_IsRefused_AndNothingWritten()
    {
        var path = ForeignFiles.WriteDatabase(folder.In("db"), ("MAX_RETRIES", "5"));
        using var writer = ForeignFiles.Open(path);
        ForeignFiles.Execute(writer, "BEGIN EXCLUSIVE; UPDATE t_settings SET value = '6'");

        Assert.Contains("is locked by another program", Refusal(path), StringComparison.Ordinal);

        ForeignFiles.Execute(writer, "ROLLBACK");
        Assert.Equal("5", SourceFile.Read(path).Values["MAX_RETRIES"]);
    }

    private static string Refusal(string path) => Assert.Throws<StartException>(() => SourceFile.Read(path)).Message;

    private string Write(string text)
    {
        var path = folder.In("file");
        File.WriteAllText(path, text);
        return path;
    }
}
