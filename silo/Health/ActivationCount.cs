using System.Diagnostics.Metrics;

namespace GeminiBalance.Silo.Health;

/// <summary>The number of grains in memory here, which Orleans gives away as a metric only.</summary>
internal sealed class ActivationCount : IDisposable
{
    private const string Instrument = "orleans-catalog-activations";
    private readonly Lock gate = new();
    private readonly MeterListener listener = new();
    private long last;

    public ActivationCount()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == Instrument)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => last = value);
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => last = value);
        listener.Start();
    }

    public long Read()
    {
        lock (gate)
        {
            listener.RecordObservableInstruments();
            return last;
        }
    }

    public void Dispose() => listener.Dispose();
}
