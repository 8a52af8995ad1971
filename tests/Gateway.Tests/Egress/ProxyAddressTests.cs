using GeminiBalance.Gateway.Egress;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Tests.Egress;

public sealed class ProxyAddressTests
{
    [Theory]
    [InlineData("http://proxy.example", "http://proxy.example:80")]
    [InlineData("https://Proxy.Example/", "https://proxy.example:443")]
    [InlineData("socks5://10.0.0.1", "socks5://10.0.0.1:1080")]
    [InlineData(" socks5h://proxy.example:9 ", "socks5://proxy.example:9")]
    [InlineData("http://[::1]:3128", "http://::1:3128")]
    public void Good_IsNamedWithoutCredentials(string text, string name) => Assert.Equal(name, ProxyAddress.TryParse(text)?.Name);

    [Theory]
    [InlineData("proxy.example:1080")]
    [InlineData("ftp://proxy.example")]
    [InlineData("http://proxy.example/path")]
    [InlineData("http://proxy.example?x=1")]
    [InlineData("socks5://:password@proxy.example")]
    [InlineData("")]
    public void Bad_IsNone(string text) => Assert.Null(ProxyAddress.TryParse(text));

    [Fact]
    public void Credentials_AreReadAndNeverPrinted()
    {
        var proxy = ProxyAddress.TryParse("socks5://team%40one:p%3Aw%2F@proxy.example:1")!;

        Assert.Equal(("team@one", "p:w/"), (proxy.User?.Reveal(), proxy.Password?.Reveal()));
        Assert.StartsWith("socks5://proxy.example:1#", proxy.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("team", proxy.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Setting_TellsWhichEntryIsWrong_WithoutItsText()
    {
        var parsed = ProxySettingKinds.List.Parse("""["http://a:secret@one", "b:secret@two"]""");

        Assert.Equal("entry 2 is none", parsed.Problem);
        Assert.Single(ProxySettingKinds.List.Parse("http://one,http://one").Value!);
    }
}
