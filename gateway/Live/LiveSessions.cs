using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Live;

/// <summary>Counts the sessions that are open in this process, in all and by key.</summary>
internal sealed class LiveSessions : IKeyAdmission
{
    private readonly Lock gate = new();
    private readonly Dictionary<KeyId, int> byKey = [];
    private readonly ISettingsSource settings;
    private int count;

    public LiveSessions(ISettingsSource settings, LiveMetrics metrics)
    {
        this.settings = settings;
        metrics.ShowSessions(() => Count);
    }

    public int Count => Volatile.Read(ref count);

    public IReadOnlyCollection<KeyId> Full
    {
        get
        {
            var max = PerKeyMax;
            lock (gate)
            {
                return [.. byKey.Where(entry => entry.Value >= max).Select(entry => entry.Key)];
            }
        }
    }

    private int PerKeyMax => settings.Current.Live.SessionsPerKey is > 0 and var max ? max : int.MaxValue;

    /// <returns>False when the process has as many sessions as it may.</returns>
    public bool TryOpen()
    {
        if (Interlocked.Increment(ref count) <= settings.Current.Live.SessionsMax)
        {
            return true;
        }

        Close();
        return false;
    }

    public void Close() => Interlocked.Decrement(ref count);

    public bool TryEnter(KeyId key)
    {
        lock (gate)
        {
            var open = byKey.GetValueOrDefault(key);
            if (open >= PerKeyMax)
            {
                return false;
            }

            byKey[key] = open + 1;
            return true;
        }
    }

    public void Leave(KeyId key)
    {
        lock (gate)
        {
            var open = byKey.GetValueOrDefault(key) - 1;
            if (open > 0)
            {
                byKey[key] = open;
            }
            else
            {
                byKey.Remove(key);
            }
        }
    }
}
