using GeminiBalance.Gateway.Egress;

namespace GeminiBalance.Gateway.Settings;

/// <summary><c>PROXIES</c>.</summary>
internal static class ProxySettingKinds
{
    public static SettingKind<IReadOnlyList<ProxyAddress>> List { get; } = new(
        "list of URLs",
        "a list of `http://`, `https://` or `socks5://` addresses, such as `socks5://user:password@host:1080`",
        text =>
        {
            var list = SettingText.ParseList(text);
            if (!list.IsGood)
            {
                return new(null, list.Problem, null);
            }

            var proxies = list.Value.Select(ProxyAddress.TryParse).ToList();
            return proxies.IndexOf(null) is >= 0 and var wrong
                ? new(null, $"entry {wrong + 1} is none", null)
                : new([.. proxies.OfType<ProxyAddress>().Distinct()], null, null);
        });
}
