using GeminiBalance.Gateway.Egress;

namespace GeminiBalance.Gateway.Tests.Egress;

public sealed class ProxyRankingTests
{
    private static readonly ProxyAddress[] Proxies = [.. Enumerable.Range(0, 5).Select(number => ProxyAddress.TryParse($"socks5://u:p@proxy-{number}.example:1080")!)];
    private static readonly string[] Owners = [.. Enumerable.Range(0, 2_000).Select(number => new KeyPool.ApiKey($"AIzaSyTest-{number:D28}").Id.Value)];

    [Fact]
    public void Best_IsTheSameInEveryProcess() =>
        Assert.Equal("4431303", string.Concat(Owners.Take(7).Select(owner => Array.IndexOf(Proxies, Best(owner, Proxies)))));

    [Fact]
    public void Best_SharesOwnersEvenly() =>
        Assert.All(Owners.GroupBy(owner => Best(owner, Proxies)), group => Assert.InRange(group.Count(), 330, 470));

    [Fact]
    public void Proxy_ThatComes_MovesOnlyItsOwnShare()
    {
        var moved = Owners.Where(owner => Best(owner, Proxies) != Best(owner, Proxies[..4])).ToList();

        Assert.All(moved, owner => Assert.Equal(Proxies[4], Best(owner, Proxies)));
        Assert.InRange(moved.Count, 330, 470);
    }

    [Fact]
    public void Password_ThatChanges_MovesNobody()
    {
        var changed = Proxies.Select(proxy => ProxyAddress.TryParse($"socks5://u:new@{proxy.Host}:{proxy.Port}")!).ToArray();

        Assert.All(Owners.Take(100), owner => Assert.Equal(Best(owner, Proxies).Host, Best(owner, changed).Host));
    }

    private static ProxyAddress Best(string owner, ProxyAddress[] proxies) =>
        proxies.MaxBy(proxy => ProxyRanking.Score(owner, ProxyRanking.HashOf(proxy.Identity)))!;
}
