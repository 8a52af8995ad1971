using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Tests.Settings;

public sealed class SettingsSourceTests
{
    [Fact]
    public void Changed_AnotherChangeWhileOneIsTold_TheNewestIsToldLast()
    {
        var configuration = new ConfigurationBuilder().Build();
        var source = new SettingsSource(configuration, SettingCatalog.Standalone, SettingsReader.Read(configuration, SettingCatalog.Standalone));
        var (kept, other) = (0, (Thread?)null);
        source.Changed += _ =>
        {
            if (other is not null)
            {
                return;
            }

            other = new Thread(() => Override(4));
            other.Start();
            while (other.IsAlive && !other.ThreadState.HasFlag(ThreadState.WaitSleepJoin))
            {
                Thread.Yield(); // Until it has told everybody, or waits for its turn to.
            }
        };
        source.Changed += settings => kept = settings.MaxRetries;

        Override(3);
        other!.Join();

        Assert.Equal(4, kept);
        void Override(int retries) => source.Override(new Dictionary<string, string> { ["MAX_RETRIES"] = $"{retries}" });
    }
}
