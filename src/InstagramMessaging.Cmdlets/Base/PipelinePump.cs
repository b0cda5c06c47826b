using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;

namespace InstagramMessaging.Cmdlets.Base;

/// <summary>Runs asynchronous work while the pipeline thread stays at hand for what only it may do: write.</summary>
internal sealed class PipelinePump : IDisposable
{
    private readonly BlockingCollection<Action?> _turns = [];

    /// <summary>Has something done on the pipeline thread, soon; does not wait for it.</summary>
    public void Post(Action turn) => _turns.Add(turn);

    /// <summary>Runs the work to its end, whatever happens to the pipeline meanwhile: its outcome must not be lost.</summary>
    /// <param name="broken">What the pipeline threw at an attempt to write (a stop, a preference); the caller throws it on.</param>
    public T Run<T>(Func<Task<T>> work, out Exception? broken)
    {
        broken = null;
        Task<T> task = Task.Run(work);
        _ = task.ContinueWith(_ => _turns.Add(null), TaskScheduler.Default);
        while (_turns.Take() is { } turn)
        {
            try
            {
                if (broken is null)
                    turn();
            }
            catch (Exception stopped)
            {
                broken = stopped;
            }
        }

        return task.GetAwaiter().GetResult();
    }

    public void Dispose() => _turns.Dispose();
}
